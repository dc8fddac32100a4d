package io.carillon.cluster.replication.raft;

import io.microraft.RaftConfig;
import io.microraft.RaftNode;
import io.microraft.RaftRole;
import io.microraft.exception.IndeterminateStateException;
import io.microraft.impl.RaftNodeImpl;
import io.microraft.impl.log.RaftLog;
import io.microraft.impl.state.LeaderState;
import io.microraft.impl.state.RaftState;
import io.microraft.model.log.BaseLogEntry;
import io.microraft.model.message.RaftMessage;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The MicroRaft node of a group, which never changes its members. On the shard's loop.
 *
 * <p>It reaches into the library's own packages in the few places that its interface leaves out;
 * the version is pinned.
 */
final class GroupNode {
    /** Entries that a leader may have appended and not committed, also those of leaders before. */
    static final int PENDING_ENTRIES_MAX = 1_024;

    /** What a follower may lack of what is committed and still take over at once. */
    private static final int LAG_ENTRIES_MAX = 128;

    private final RaftNodeImpl node;
    private final LoopExecutor executor;
    private final long silenceMillisMax;
    private @Nullable LeaderState markedState;
    private long markedIndex;

    GroupNode(RaftNode.RaftNodeBuilder builder, LoopExecutor executor) {
        this.node = (RaftNodeImpl) builder.setExecutor(executor).build();
        this.executor = executor;
        this.silenceMillisMax =
                TimeUnit.SECONDS.toMillis(node.getConfig().getLeaderHeartbeatTimeoutSecs());
        executor.onCut(() -> LogHead.repair(log()));
    }

    /** MicroRaft's settings in its own time. */
    static RaftConfig config(RaftSettings settings) {
        RaftSettings.Timing timing = settings.timing();
        long timeoutPeriods =
                Math.max(2, Math.ceilDiv(timing.electionTimeoutMillis(), timing.heartbeatMillis()));
        return RaftConfig.newBuilder()
                .setLeaderHeartbeatPeriodSecs(1)
                .setLeaderHeartbeatTimeoutSecs(timeoutPeriods)
                .setLeaderElectionTimeoutMillis(1_000)
                .setAppendEntriesRequestBatchSize(PENDING_ENTRIES_MAX)
                .setMaxPendingLogEntryCount(PENDING_ENTRIES_MAX)
                .setCommitCountToTakeSnapshot(settings.retention().entriesMax())
                .setTransferSnapshotsFromFollowersEnabled(false)
                .setRaftNodeReportPublishPeriodSecs(3_600)
                .build();
    }

    void start() {
        executor.inline(node::start);
    }

    /** No task of it runs any more: from outside the node is gone. */
    void stop() {
        executor.close();
    }

    void handle(RaftMessage message) {
        executor.inline(() -> node.handle(message));
    }

    /** Whether an entry would be appended now: not while another is to be elected. */
    boolean takesEntries() {
        return leads() && state().leadershipTransferState() == null;
    }

    /** Appends an entry; false if the node does not take it. */
    boolean replicate(Operation operation) {
        long before = lastIndex();
        executor.inline(() -> node.replicate(operation));
        return lastIndex() > before;
    }

    /** Tells followers at once what is committed, where they would hear with the next heartbeat. */
    void tellCommitted() {
        if (leads()) {
            executor.heartbeat(() -> executor.inline(node::broadcastAppendEntriesRequest));
        }
    }

    /** Completes when another leads, or exceptionally if that did not come to be. */
    CompletableFuture<?> transferTo(Seat target) {
        CompletableFuture<?>[] result = new CompletableFuture<?>[1];
        executor.inline(() -> result[0] = node.transferLeadership(target));
        CompletableFuture<?> transfer = result[0];
        return transfer == null
                ? CompletableFuture.failedFuture(new IllegalStateException("the replica stopped"))
                : transfer;
    }

    /** Forgets the log's beginning: the state in the store stands for it. */
    void cut() {
        if (log().snapshotIndex() < state().lastApplied()) {
            executor.inline(node::takeSnapshot);
        }
    }

    /** Ceases to lead, without asking who could go on. */
    void stepDown() {
        if (leads()) {
            node.toFollower(term());
        }
    }

    /** The followers that answer and lack few entries or none; empty if this node does not lead. */
    Set<Seat> inSync() {
        LeaderState leader = state().leaderState();
        if (leader == null) {
            return Set.of();
        }
        long now = node.getClock().millis();
        Set<Seat> inSync = new HashSet<>();
        leader.getFollowerStates()
                .forEach(
                        (seat, follower) -> {
                            if (follower.matchIndex() > 0
                                    && commitIndex() - follower.matchIndex() <= LAG_ENTRIES_MAX
                                    && now - follower.responseTimestamp() < silenceMillisMax) {
                                inSync.add((Seat) seat);
                            }
                        });
        return inSync;
    }

    /** The followers that have the leader's whole log; empty if this node does not lead. */
    Set<Seat> complete() {
        LeaderState leader = state().leaderState();
        Set<Seat> complete = new HashSet<>();
        if (leader != null) {
            leader.getFollowerStates()
                    .forEach(
                            (seat, follower) -> {
                                if (follower.matchIndex() == lastIndex()) {
                                    complete.add((Seat) seat);
                                }
                            });
        }
        return complete;
    }

    /** Takes over a term that was heard of. */
    void adoptTerm(int term) {
        node.toFollower(term);
    }

    /**
     * A node that began to ask for votes and then heard the leader again does not ask a second time
     * in that term: asks for it, once the leader has been silent for long.
     */
    void unblockElection() {
        if (state().role() == RaftRole.FOLLOWER
                && state().leader() != null
                && state().preCandidateState() != null
                && node.isLeaderHeartbeatTimeoutElapsed()) {
            executor.inline(
                    () -> {
                        node.leader(null);
                        node.runPreVote();
                    });
        }
    }

    /**
     * How far the leader's own log has got, if that is more than was said before: to be given to
     * {@link #flushed} once it is durable. Null if it is not.
     */
    @Nullable Flush nextFlush() {
        LeaderState leader = state().leaderState();
        if (leader == null) {
            return null;
        }
        long last = lastIndex();
        if (leader.equals(markedState) && last == markedIndex) {
            return null;
        }
        markedState = leader;
        markedIndex = last;
        return new Flush(leader, last);
    }

    /** The leader's own vote for its entries up to an index. */
    record Flush(LeaderState leader, long index) {}

    /** The leader's own log is on the disk up to there. */
    void flushed(Flush flush) {
        LeaderState leader = state().leaderState();
        if (leader == null
                || !leader.equals(flush.leader())
                || flush.index() <= leader.flushedLogIndex()) {
            return;
        }
        leader.flushedLogIndex(flush.index());
        node.tryAdvanceCommitIndex();
    }

    /** Where entries that conflict with the leader's begin, all behind goes. */
    void truncateFrom(long index) {
        log().truncateEntriesFrom(index);
        state().invalidateFuturesFrom(index, new IndeterminateStateException());
    }

    /** This node's own seat. */
    Seat self() {
        return (Seat) node.getLocalEndpoint();
    }

    boolean leads() {
        return state().leaderState() != null;
    }

    boolean follows() {
        return state().role() == RaftRole.FOLLOWER;
    }

    int term() {
        return state().term();
    }

    /** Whether somebody leads and was heard of lately, this node maybe. */
    boolean hearsLeader() {
        return leads() || (leader() != null && !node.isLeaderHeartbeatTimeoutElapsed());
    }

    /** Who leads in this term, as far as is known. */
    @Nullable Seat leader() {
        return (Seat) state().leader();
    }

    long commitIndex() {
        return state().commitIndex();
    }

    long lastIndex() {
        return log().lastLogOrSnapshotIndex();
    }

    /** The term of an entry that is in the log or at its cut; 0 if it is in neither. */
    int termOf(long index) {
        BaseLogEntry entry =
                index == log().snapshotIndex()
                        ? log().snapshotEntry()
                        : index < 1 ? null : log().getLogEntry(index);
        return entry == null ? 0 : entry.getTerm();
    }

    RaftLog log() {
        return state().log();
    }

    RaftState state() {
        return node.state();
    }
}
