package io.carillon.cluster.replication.raft;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.replication.AppendRefused;
import io.carillon.loop.Loop;
import io.carillon.storage.StorageException;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's copy of a shard. On the shard's loop.
 *
 * <p>In a turn messages, timers and records are taken as they come; they change the node of the
 * group and fill one batch. When the turn ends, its records become an entry, the batch is written,
 * one frame per peer leaves, and the machine hears what is committed and who leads.
 */
final class ShardReplica<R> {
    private static final Logger LOG = LoggerFactory.getLogger(ShardReplica.class);

    private final GroupId group;
    private final Generation generation;
    private final Loop loop;
    private final Beats beats;
    private final Milestones milestones;
    private final MilestoneWatch watch;
    private final ReplicaParts<R> parts;
    private boolean inTurn;
    private boolean stopped;

    ShardReplica(
            GroupId group,
            Generation generation,
            Loop loop,
            Beats beats,
            Milestones milestones,
            ReplicaParts.Maker<R> maker) {
        this.group = group;
        this.generation = generation;
        this.loop = loop;
        this.beats = beats;
        this.milestones = milestones;
        this.parts = maker.make(this::touched, this::broken);
        this.watch =
                new MilestoneWatch(group, milestones, parts.node(), parts.applier(), parts.gate());
    }

    Generation generation() {
        return generation;
    }

    /** Whether something was committed in the group, as far as this replica knows. */
    boolean isInForce() {
        return watch.isInForce();
    }

    void start() {
        parts.node().start();
        beats.atNext(loop, this::tick);
    }

    void append(Epoch fence, R record) throws AppendRefused {
        try {
            if (stopped) {
                throw new AppendRefused(
                        AppendRefused.Reason.NOT_LEADER, group + " has stopped on this node");
            }
            parts.leadership().append(fence, record);
        } catch (RuntimeException e) {
            String reason = group + " is no longer led here: a record can't be applied: " + e;
            LOG.error("{}. The record: {}", reason, record, e);
            loop.execute(() -> resign(reason));
            throw new AppendRefused(AppendRefused.Reason.NOT_LEADER, reason);
        }
        touched();
    }

    /** Makes readable what was appended so far, before the turn ends. */
    void flush() {
        parts.appender().flush();
    }

    void transfer(NodeId to, CompletableFuture<Void> result) {
        if (parts.sealing().isUnderWay()) {
            result.completeExceptionally(
                    new IllegalStateException(group + " is about to get other voters"));
            return;
        }
        parts.handover().begin(to, result);
        touched();
    }

    /** Ends this generation; the result fails if that does not come to be. */
    void seal(Generation next, CompletableFuture<Void> result) {
        if (parts.handover().isUnderWay()) {
            result.completeExceptionally(
                    new IllegalStateException(group + " is being handed over"));
            return;
        }
        parts.sealing().begin(next, result);
        touched();
    }

    /** Others have sealed the group, and this replica has no state to go on from. */
    void sealWithoutState(Generation next) {
        parts.applier().sealWithoutState(next);
        touched();
    }

    /** Whether it needs another's state to get on. */
    boolean isBeingFilled() {
        return !stopped && parts.install().isUnderWay();
    }

    /** Whether some replica leads, this one maybe. */
    boolean hearsLeader() {
        return !stopped && parts.node().hearsLeader();
    }

    /** Drops what the store has of generations before; with what this turn writes. */
    void forgetEarlier() {
        parts.rows().deleteEarlier();
        touched();
    }

    /** A frame that another replica sent. */
    void received(byte[] bytes) {
        if (stopped) {
            return;
        }
        Frames.Frame frame;
        try {
            frame = parts.frames().read(bytes);
        } catch (IllegalArgumentException e) {
            LOG.warn("{} ignores a frame: {}", group, e.getMessage());
            return;
        }
        touched();
        for (Message message : frame.messages()) {
            take(frame.sender(), message);
        }
    }

    private void take(Seat sender, Message message) {
        switch (message) {
            case Message.Raft raft -> parts.intake().take(raft);
            case Message.Part part -> takePart(sender, part);
            case Message.Fetch fetch -> {
                long index = parts.applier().applied();
                if (parts.applier().next() != null) {
                    milestones.cannotFill(generation.voters().get(sender.number()).node());
                } else if (parts.node().leads()
                        && fetch.term() == parts.node().term()
                        && index > 0) {
                    // Also before it has committed anything: it may need the replica for that.
                    write(); // so that all that is applied is in the store
                    parts.send().fetch(sender, fetch, index, parts.node().termOf(index));
                }
            }
        }
    }

    private void takePart(Seat sender, Message.Part part) {
        try {
            parts.install().take(sender, part);
        } catch (StorageException | IllegalArgumentException e) {
            broken(e);
        }
    }

    /** Something may have changed: this turn gets an end. */
    private void touched() {
        if (!inTurn && !stopped) {
            inTurn = true;
            loop.atTurnEnd(this::endTurn);
        }
    }

    private void endTurn() {
        inTurn = false;
        if (stopped) {
            return;
        }
        parts.appender().replicate(parts.node());
        if (!write()) {
            return; // all are told
        }
        GroupNode.Flush flush = parts.node().nextFlush();
        if (flush != null) {
            parts.gate().whenDurable(() -> parts.node().flushed(flush));
            write(); // if that was now, it may have committed something
        }
        parts.outbox().send();
        try {
            parts.leadership().turnEnded();
        } catch (RuntimeException e) {
            resign(group + " is no longer led here: it failed over what it was told: " + e);
            LOG.error("{} failed over what it was told", group, e);
        }
        parts.heap().trim();
        parts.handover().advance();
        parts.sealing().advance();
        watch.turnEnded();
    }

    private boolean write() {
        try {
            parts.applier().putApplied();
            parts.gate().write();
            return true;
        } catch (RuntimeException e) {
            LOG.debug("{} could not write", group, e);
            return false;
        }
    }

    private void resign(String reason) {
        if (!stopped) {
            touched();
            parts.leadership().resign(reason);
        }
    }

    private void tick() {
        if (stopped) {
            return;
        }
        beats.atNext(loop, this::tick);
        touched();
        parts.outbox().beat();
        parts.upkeep().tick();
        parts.leadership().tick();
    }

    /** What is committed can't be written: this copy is of no use any more, the others go on. */
    private void broken(RuntimeException cause) {
        String reason =
                group
                        + " has stopped on this node, since it can't write what is committed: "
                        + cause.getMessage()
                        + "; if other nodes run a newer release, bring this one to it, else move"
                        + " its data directory away, so that it is filled by the others";
        LOG.error("{}", reason, cause);
        halt(); // the batch may hold half of it
        loop.execute(() -> tellStopped(reason));
    }

    /** Ends all, once: nothing is sent, written or taken any more. */
    void stop(String reason) {
        if (!stopped) {
            halt();
            tellStopped(reason);
        }
    }

    /** Ends all of a group that another one has taken over from: its machine is that one's. */
    void abandon() {
        if (!stopped) {
            halt();
            parts.leadership().abandon();
        }
    }

    /** Writes what the turn changed. */
    void finish() {
        if (!stopped) {
            write();
        }
    }

    private void halt() {
        stopped = true;
        parts.upkeep().stopped();
        parts.node().stop();
        parts.gate().close();
    }

    private void tellStopped(String reason) {
        parts.handover().stop(reason);
        parts.sealing().stop(reason);
        parts.leadership().stop(reason);
    }

    /** Where the replica stands, for people. */
    String status() {
        GroupNode node = parts.node();
        return "%s in term %d: log %d..%d, committed %d, applied %d%s"
                .formatted(
                        node.state().role(),
                        node.term(),
                        node.log().snapshotIndex() + 1,
                        node.lastIndex(),
                        node.commitIndex(),
                        parts.applier().applied(),
                        stopped ? ", stopped" : "");
    }

    /** The same in numbers, as it was at the last heartbeat. Any thread. */
    ReplicaStats stats() {
        return parts.upkeep().stats();
    }

    long installs() {
        return parts.install().completed();
    }
}
