package io.carillon.cluster.replication;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.ShardId;
import io.carillon.loop.Loop;
import io.carillon.loop.ThreadLoop;
import io.carillon.storage.Space;
import io.carillon.storage.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of a node that stands alone: a group commit on its own store.
 *
 * <p>A record is applied to its shard's open batch as it is appended. At the end of the turn the
 * batch is written, and the committer told; that syncs once for all that was written before by any
 * shard, and while it waits for the disk the next group gathers. There are no log entries: the
 * store's own log makes a batch whole and keeps the order.
 *
 * <p>This node leads each shard from its opening, in the generation of this start and term 1.
 *
 * @param <R> the type of the records
 */
public final class LocalLog<R> implements ReplicatedLog<R>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalLog.class);

    /** Where the log keeps the number of the node's starts; the store has to have it. */
    public static final Space SPACE = new Space("log");

    private static final long CLOSE_MILLIS_MAX = 10_000;

    private final Store store;
    private final LocalLogSettings settings;
    private final Loop committer;
    private final TimedSync disk;
    private final @Nullable ThreadLoop ownCommitter;
    private final Epoch epoch;
    private final Map<ShardId, Lane<R>> lanes = new ConcurrentHashMap<>();
    private final List<LoopLanes<R>> loops = new CopyOnWriteArrayList<>();

    private final AtomicBoolean commitRequested = new AtomicBoolean();
    private final AtomicLong uncommittedBytes = new AtomicLong();
    private final LongAdder committedRecords = new LongAdder();

    /** Held while a group is committed: by the committer, or by a loop that had nothing to do. */
    private final ReentrantLock committing = new ReentrantLock();

    private volatile boolean draining;

    private LocalLog(
            Store store,
            LocalLogSettings settings,
            Loop committer,
            @Nullable ThreadLoop ownCommitter) {
        this.store = store;
        this.settings = settings;
        this.committer = committer;
        this.disk = new TimedSync(store, this::failed);
        this.ownCommitter = ownCommitter;
        this.epoch = new Epoch(BootCounter.next(store, SPACE), 1);
        if (settings.sync() instanceof SyncPolicy.Interval interval) {
            disk.every(interval.millis(), committer, () -> draining);
        }
    }

    /** A log that syncs on a thread of its own, {@code log-0}. The store remains the caller's. */
    public static <R> LocalLog<R> start(Store store, LocalLogSettings settings) {
        ThreadLoop committer = ThreadLoop.start("log-0");
        try {
            return new LocalLog<>(store, settings, committer, committer);
        } catch (RuntimeException e) {
            committer.close();
            throw e;
        }
    }

    /** A log that syncs on the given loop, so that a test decides when. */
    public static <R> LocalLog<R> on(Loop committer, Store store, LocalLogSettings settings) {
        return new LocalLog<>(store, settings, committer, null);
    }

    @Override
    public void open(ShardId shard, Loop loop, ShardMachine<R> machine) {
        loop.assertInside();
        Lane<R> lane = new Lane<>(shard, loop, machine, store, this);
        if (lanes.putIfAbsent(shard, lane) != null) {
            throw new IllegalStateException(shard + " is open already");
        }
        lanesOf(loop).add(lane);
        String failed = disk.failure();
        if (failed != null) {
            lane.stop(failed);
            return;
        }
        machine.lead(epoch);
    }

    @Override
    public void append(ShardId shard, Epoch fence, R record) throws AppendRefused {
        Lane<R> lane = lane(shard);
        String failed = disk.failure();
        if (failed != null) {
            throw new AppendRefused(AppendRefused.Reason.STORE_FAILED, failed);
        }
        if (draining) {
            throw new AppendRefused(AppendRefused.Reason.NOT_LEADER, "the node is stopping");
        }
        if (!lane.leading() || !fence.equals(epoch)) {
            throw new AppendRefused(
                    AppendRefused.Reason.NOT_LEADER, "no longer leading " + shard + " in " + fence);
        }
        if (uncommittedBytes.get() >= settings.uncommittedBytesMax()) {
            throw new AppendRefused(
                    AppendRefused.Reason.BUSY,
                    uncommittedBytes + " bytes wait for the disk; try again later");
        }
        lane.append(record);
    }

    @Override
    public void flush(ShardId shard) {
        lane(shard).write();
    }

    @Override
    public boolean congested() {
        return uncommittedBytes.get() >= settings.congestedBytes();
    }

    @Override
    public boolean full() {
        return uncommittedBytes.get() >= settings.uncommittedBytesMax() / 2;
    }

    /** Counters for metrics. Any thread. */
    public LogStats stats() {
        return new LogStats(
                disk.syncs(), disk.slowestMillis(), committedRecords.sum(), uncommittedBytes.get());
    }

    /**
     * Refuses further records; the result completes once all earlier ones are on the disk, whatever
     * the policy, and their shards told, or the store has failed. Any thread; never blocks.
     */
    public CompletableFuture<Void> drain() {
        draining = true;
        CompletableFuture<Void> drained = new CompletableFuture<>();
        // The committer counts as one, for the case without shards.
        AtomicInteger busy = new AtomicInteger(1 + loops.size());
        Runnable rested =
                () -> {
                    if (busy.decrementAndGet() == 0
                            && !committer.offer(() -> commitTheRest(drained))) {
                        drained.complete(null); // closed before
                    }
                };
        for (LoopLanes<R> each : loops) {
            Runnable write =
                    () -> {
                        each.writeOpen();
                        rested.run();
                    };
            if (!each.loop().offer(write)) {
                rested.run();
            }
        }
        rested.run();
        return drained;
    }

    /**
     * Drains the log, at most ten seconds, and stops the committer. Of a log made by {@link #on} it
     * only begins to drain. The shards' loops have to be running still.
     */
    @Override
    public void close() {
        CompletableFuture<Void> drained = drain();
        if (ownCommitter == null) {
            return;
        }
        try {
            drained.get(CLOSE_MILLIS_MAX, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.error("the log did not drain: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ownCommitter.close();
    }

    /** Whether committed means on the disk. */
    boolean awaitsDisk() {
        return settings.sync() instanceof SyncPolicy.Always;
    }

    /** A lane has written a batch. On its loop. */
    void wrote(Loop loop, long bytes) {
        uncommittedBytes.addAndGet(bytes);
        disk.wrote();
        if (!awaitsDisk() || !commitRequested.compareAndSet(false, true)) {
            return;
        }
        if (isIdle(loop)) {
            loop.atTurnEnd(() -> commitFrom(loop)); // once the loop's other lanes are written, too
        } else {
            committer.offer(this::commit);
        }
    }

    /**
     * Syncs on the loop itself if it has nothing else to do and the disk is quick: what is alone on
     * its way does not wait for two threads to wake up.
     */
    private void commitFrom(Loop loop) {
        if (!isIdle(loop) || !committing.tryLock()) {
            committer.offer(this::commit);
            return;
        }
        commitLocked();
    }

    private boolean isIdle(Loop loop) {
        return ownCommitter != null && loop.pending() == 0 && disk.isQuick();
    }

    /** A lane has told its machine. On its loop. */
    void committed(long records, long bytes) {
        uncommittedBytes.addAndGet(-bytes);
        committedRecords.add(records);
    }

    /** The store has failed: no shard can make anything durable any more. Any thread. */
    void fail(RuntimeException cause) {
        disk.fail(cause);
    }

    private void failed(String reason) {
        for (LoopLanes<R> each : loops) {
            each.loop().offer(() -> each.stop(reason));
        }
    }

    /** On the committer, or on an idle loop. */
    private void commit() {
        committing.lock();
        commitLocked();
    }

    private void commitLocked() {
        List<Runnable> deliveries;
        try {
            deliveries = syncGroup();
        } finally {
            committing.unlock();
        }
        deliveries.forEach(Runnable::run);
    }

    /** Makes a group durable; returns what tells the loops. */
    private List<Runnable> syncGroup() {
        // First, so that what is written while the disk is busy asks again.
        commitRequested.set(false);
        List<Runnable> deliveries = new ArrayList<>(loops.size());
        for (LoopLanes<R> each : loops) {
            Runnable delivery = each.deliveryOfWritten();
            if (delivery != null) {
                deliveries.add(() -> deliver(each.loop(), delivery));
            }
        }
        return !deliveries.isEmpty() && disk.sync() ? deliveries : List.of();
    }

    private static void deliver(Loop loop, Runnable delivery) {
        if (loop.isInside()) {
            delivery.run();
        } else {
            loop.offer(delivery);
        }
    }

    /** On the committer. */
    private void commitTheRest(CompletableFuture<Void> drained) {
        try {
            commit();
            syncRest(); // with another policy than always there was nothing to tell
        } finally {
            drained.complete(null);
        }
    }

    private void syncRest() {
        committing.lock();
        try {
            disk.sync();
        } finally {
            committing.unlock();
        }
    }

    private Lane<R> lane(ShardId shard) {
        Lane<R> lane = lanes.get(shard);
        if (lane == null) {
            throw new IllegalStateException(shard + " is not open");
        }
        lane.loop().assertInside();
        return lane;
    }

    private synchronized LoopLanes<R> lanesOf(Loop loop) {
        for (LoopLanes<R> each : loops) {
            if (each.loop().equals(loop)) {
                return each;
            }
        }
        LoopLanes<R> added = new LoopLanes<>(loop);
        loops.add(added);
        return added;
    }
}
