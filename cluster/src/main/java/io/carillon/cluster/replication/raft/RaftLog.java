package io.carillon.cluster.replication.raft;

import io.carillon.cluster.DiskId;
import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.Voter;
import io.carillon.cluster.replication.AppendRefused;
import io.carillon.cluster.replication.LogStats;
import io.carillon.cluster.replication.ReplicatedLog;
import io.carillon.cluster.replication.ShardMachine;
import io.carillon.loop.Loop;
import io.carillon.loop.ThreadLoop;
import io.carillon.storage.Space;
import io.carillon.storage.Store;
import io.carillon.storage.StoreView;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of a node in a cluster: each shard is a Raft group with replicas on several nodes, one of
 * which leads. A record is committed when a majority of the replicas has it on their disks.
 *
 * <p>The groups have no thread: each lives on its shard's loop. All write to the node's one store,
 * a batch per group and turn, and one sync makes durable what all of them wrote. What a turn
 * appends to a shard is one entry. A record is applied once, by the leader: what it changes is what
 * the entry holds and what all write to their stores when it is committed. Until then the leader
 * reads it through {@link #view}.
 *
 * <p>When the store fails, all replicas stop at once and for good: the others go on without them.
 *
 * @param <R> the type of the records
 */
public final class RaftLog<R> implements ReplicatedLog<R>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RaftLog.class);

    /** Where the log is; the store has to have it. */
    public static final Space SPACE = GroupRows.SPACE;

    private static final long CLOSE_MILLIS_MAX = 10_000;

    private final @Nullable ThreadLoop ownCommitter;
    private final NodeRows node;
    private final ReplicaParts.Shared shared;
    private final Voter self;
    private final HeldShards<R> held;

    private RaftLog(
            RaftHost host,
            RaftSettings settings,
            LeaderListener listener,
            @Nullable ThreadLoop ownCommitter,
            boolean holdsBack) {
        this.ownCommitter = ownCommitter;
        this.node = NodeRows.begin(host.store(), host.seed());
        this.self = new Voter(host.node(), node.disk());
        Departures departures = new Departures(host.transport());
        DiskSync disk =
                new DiskSync(
                        host.store(),
                        settings.sync(),
                        host.committer(),
                        ownCommitter != null,
                        departures::leave,
                        this::failed);
        this.shared =
                new ReplicaParts.Shared(
                        host,
                        settings,
                        disk,
                        new Beats(settings.timing().heartbeatMillis()),
                        departures,
                        new Backlog(settings.bounds()),
                        new Bandwidth(host.clock(), settings.retention().fillBytesPerSecond()),
                        node.start(),
                        holdsBack);
        this.held = new HeldShards<>(self, shared, listener);
    }

    /** A log that waits for the disk on a thread of its own, {@code log-0}. */
    public static <R> RaftLog<R> start(
            NodeId node,
            Store store,
            RaftTransport transport,
            RaftSettings settings,
            LeaderListener listener,
            long seed) {
        ThreadLoop committer = ThreadLoop.start("log-0");
        try {
            RaftHost host =
                    new RaftHost(node, store, transport, EvenClock.SINCE_START, committer, seed);
            return new RaftLog<>(host, settings, listener, committer, true);
        } catch (RuntimeException e) {
            committer.close();
            throw e;
        }
    }

    /** A log on what the host gives it, so that a test decides all that happens. */
    public static <R> RaftLog<R> on(RaftHost host, RaftSettings settings, LeaderListener listener) {
        return new RaftLog<>(host, settings, listener, null, true);
    }

    /** A log that answers before its disk has what it says: to show that tests notice. */
    static <R> RaftLog<R> unsafe(RaftHost host, RaftSettings settings, LeaderListener listener) {
        return new RaftLog<>(host, settings, listener, null, false);
    }

    /** Which start of the node with this disk it is, from 1. */
    public long start() {
        return node.start();
    }

    /** The number of this node's disk, by which generations name its replicas. */
    public DiskId disk() {
        return node.disk();
    }

    /**
     * Says who has replicas of a shard at first: what the cluster was founded with. What the store
     * knows is not changed by it. Any thread, before {@link #open}.
     */
    public void place(ShardId shard, Generation generation) {
        held.place(shard, generation);
    }

    /**
     * The newest generation of a shard that this node knew of when the shard was placed, or later,
     * while it was not open; null if none. Any thread; may read the store.
     */
    public @Nullable Generation generation(ShardId shard) {
        return held.generation(shard);
    }

    /**
     * True if this node, with this disk, has a replica of the shard, or is to get one: then the
     * shard has to be opened. Any thread; may read the store.
     */
    public boolean holds(ShardId shard) {
        Generation generation = generation(shard);
        return generation != null && generation.names(self);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if this node, with this disk, has no replica of the shard
     * @throws io.carillon.storage.StorageException if what the store has of it is damaged
     */
    @Override
    public void open(ShardId shard, Loop loop, ShardMachine<R> machine) {
        held.open(shard, loop, machine);
    }

    @Override
    public void append(ShardId shard, Epoch fence, R record) throws AppendRefused {
        Succession<R> succession = held.find(shard);
        if (succession == null) {
            throw new AppendRefused(
                    AppendRefused.Reason.NOT_LEADER, "this node has no replica of " + shard);
        }
        succession.loop().assertInside();
        String failure = shared.disk().failure();
        if (failure != null) {
            throw new AppendRefused(AppendRefused.Reason.STORE_FAILED, failure);
        }
        succession.current().append(fence, record);
    }

    /** Makes what was appended so far readable through {@link #view}; costs next to nothing. */
    @Override
    public void flush(ShardId shard) {
        held.get(shard).current().flush();
    }

    /**
     * The store as the leader of the shard reads it: with what it appended on top, though it is not
     * committed, from the end of the turn or {@link #flush} on. On the shard's loop, also what is
     * read from it.
     */
    public StoreView view(ShardId shard) {
        return held.get(shard).view();
    }

    @Override
    public boolean congested() {
        return shared.backlog().congested();
    }

    @Override
    public boolean full() {
        return shared.backlog().full();
    }

    /**
     * Hands the leadership of a shard to another of its replicas. Records are refused as busy
     * meanwhile. The result fails if the other does not take over in time; this node goes on then.
     * It fails too if this node has no replica of the shard, or does not lead it. Any thread.
     */
    public CompletableFuture<Void> transfer(ShardId shard, NodeId to) {
        return held.on(shard, (succession, done) -> succession.current().transfer(to, done));
    }

    /**
     * Gives a shard that this node leads other voters: seals its generation and starts the next
     * from the sealed state. Records are refused for a moment; then the next generation elects its
     * leader, and new voters are filled while the others go on. Completes once the next generation
     * is in force, so that nobody needs the one before.
     *
     * <p>It fails if this node does not lead the shard or another generation than the one before
     * {@code next} has it, if too few of those who stay are in sync, and if this node loses the
     * leadership meanwhile: the seal may come to be then all the same. Any thread.
     *
     * @param next see {@link Generation#next}
     */
    public CompletableFuture<Void> reseat(ShardId shard, Generation next) {
        return held.on(shard, (succession, done) -> succession.reseat(next, done));
    }

    /**
     * Goes on with a shard from what this node alone has of it, as a generation of its own: for
     * when a majority of the voters is gone for good. What only they had is lost. Should they come
     * back they are refused; give the shard other voters with {@link #reseat}, they may be among
     * them. Completes when records are taken again; fails if the shard has a leader, or this node
     * no state to go on from. Any thread.
     */
    public CompletableFuture<Void> recoverAlone(ShardId shard) {
        return held.on(shard, Succession::recoverAlone);
    }

    /**
     * As {@link #recoverAlone(ShardId)}, on the store of a node that is stopped.
     *
     * @return the generation that has begun
     * @throws IllegalStateException if the store has no state of the shard to go on from
     * @throws io.carillon.storage.StorageException if it can't be read or written
     */
    public static Generation recoverAlone(Store store, NodeId node, ShardId shard) {
        return Recovery.run(store, shard, new Voter(node, NodeRows.disk(store)));
    }

    /**
     * A frame of another node's {@link RaftTransport} has come. If this node has no replica of the
     * shard, it asks who has, and drops it. Any thread; never blocks, save for a look into the
     * store.
     */
    public void received(NodeId from, ShardId shard, long generation, byte[] frame) {
        held.received(from, shard, generation, frame);
    }

    /** Frames that were not taken: too many waited, or the shard is not open. Any thread. */
    public long droppedFrames() {
        return held.droppedFrames();
    }

    /** Times that a replica of this node was filled since it was opened. On the loop of all. */
    long installs() {
        return held.replicas().stream().mapToLong(ShardReplica::installs).sum();
    }

    /** Times that this node began to fill a replica elsewhere with a shard's state. Any thread. */
    public long fills() {
        return shared.bandwidth().begun();
    }

    /** Bytes of states sent to fill replicas elsewhere. Any thread. */
    public long fillBytes() {
        return shared.bandwidth().bytesTaken();
    }

    /** Where this node's replicas stood at their last heartbeat. Any thread. */
    public List<ReplicaStats> replicas() {
        return held.replicas().stream().map(ShardReplica::stats).toList();
    }

    /** Where this node's replica of a shard stands, in a sentence for people. On the loop. */
    public String status(ShardId shard) {
        return held.get(shard).current().status();
    }

    /** Counters for metrics. Any thread. */
    public LogStats stats() {
        return new LogStats(
                shared.disk().syncs(),
                shared.disk().slowestMillis(),
                shared.backlog().committedRecords(),
                shared.backlog().bytes());
    }

    /**
     * Stops all replicas, at most ten seconds, and syncs a last time. Who wants no interruption
     * hands the leaderships over before. The shards' loops have to be running still.
     */
    @Override
    public void close() {
        CompletableFuture<Void> stopped = held.onEach(Succession::close);
        if (ownCommitter == null) {
            return;
        }
        try {
            stopped.get(CLOSE_MILLIS_MAX, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.error("the log did not stop: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        shared.disk().close();
        ownCommitter.close();
    }

    private void failed(String reason) {
        held.onEach(succession -> succession.stop(reason));
    }
}
