package io.carillon.cluster.replication.raft;

import io.carillon.cluster.replication.SyncPolicy;
import io.carillon.loop.Loop;
import io.carillon.storage.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One sync of the disk for all that the groups of a node wrote before it. While it waits for the
 * disk the next lot gathers. The first error is the end: it is told once, and nothing is tried
 * again, since the system may have dropped what it could not write.
 */
final class DiskSync {
    private static final Logger LOG = LoggerFactory.getLogger(DiskSync.class);
    private static final long SLOW_MILLIS = 1_000;

    /** A disk that takes longer is waited for on the committer's thread only. */
    private static final long QUICK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Store store;
    private final SyncPolicy policy;
    private final Loop committer;
    private final boolean mayUseIdleLoops;
    private final Consumer<Loop> beforeWaiting;
    private final Consumer<String> failed;
    private final Map<Loop, List<WriteGate>> gates = new ConcurrentHashMap<>();
    private final AtomicBoolean requested = new AtomicBoolean();
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private final ReentrantLock syncing = new ReentrantLock();
    private volatile boolean unsynced;
    private volatile boolean closed;
    private volatile long lastNanos;
    private volatile long syncs;
    private volatile long slowestMillis;

    /**
     * @param mayUseIdleLoops whether a loop that has nothing to do may wait for a quick disk itself
     * @param beforeWaiting told that a loop is about to wait
     * @param failed told the reason, once, on whatever thread meets the error
     */
    DiskSync(
            Store store,
            SyncPolicy policy,
            Loop committer,
            boolean mayUseIdleLoops,
            Consumer<Loop> beforeWaiting,
            Consumer<String> failed) {
        this.store = store;
        this.policy = policy;
        this.committer = committer;
        this.mayUseIdleLoops = mayUseIdleLoops;
        this.beforeWaiting = beforeWaiting;
        this.failed = failed;
        if (policy instanceof SyncPolicy.Interval interval) {
            committer.schedule(interval.millis(), () -> syncAndRepeat(interval.millis()));
        }
    }

    /** Whether what is written has to wait for the disk before others hear of it. */
    boolean isAwaited() {
        return policy instanceof SyncPolicy.Always;
    }

    @Nullable String failure() {
        return failure.get();
    }

    long syncs() {
        return syncs;
    }

    long slowestMillis() {
        return slowestMillis;
    }

    void add(Loop loop, WriteGate gate) {
        gates.computeIfAbsent(loop, each -> new CopyOnWriteArrayList<>()).add(gate);
    }

    void remove(Loop loop, WriteGate gate) {
        gates.getOrDefault(loop, List.of()).remove(gate);
    }

    /** A gate has written; nobody waits for it yet. Any thread. */
    void wrote() {
        unsynced = true;
    }

    /** What gates have written is to be made durable, where that is awaited. On a gate's loop. */
    void await(Loop loop) {
        if (!requested.compareAndSet(false, true)) {
            return;
        }
        if (isIdle(loop)) {
            loop.atTurnEnd(() -> syncFrom(loop)); // once the loop's other groups have written
        } else {
            post(committer, this::syncGroup);
        }
    }

    /** Makes durable what was written without a gate; nobody waits for it. Any thread. */
    void syncSoon() {
        if (isAwaited()) {
            post(committer, this::syncAlone);
        }
    }

    /** The store can't write any more. Any thread. */
    void fail(RuntimeException cause) {
        String first = store.failure();
        String reason = "the store has failed: " + (first == null ? cause.getMessage() : first);
        if (failure.compareAndSet(null, reason)) {
            LOG.error("no shard takes records any more: {}", reason, cause);
            failed.accept(reason);
        }
    }

    /** Syncs a last time, on the caller's thread. */
    void close() {
        closed = true;
        syncAlone();
    }

    private void syncAlone() {
        syncing.lock();
        try {
            sync();
        } finally {
            syncing.unlock();
        }
    }

    private boolean isIdle(Loop loop) {
        return mayUseIdleLoops && loop.pending() == 0 && lastNanos < QUICK_NANOS;
    }

    private void syncFrom(Loop loop) {
        beforeWaiting.accept(loop);
        if (!isIdle(loop) || !syncing.tryLock()) {
            post(committer, this::syncGroup);
            return;
        }
        syncLocked();
    }

    private void syncGroup() {
        syncing.lock();
        syncLocked();
    }

    private void syncLocked() {
        List<Runnable> deliveries;
        try {
            // First, so that what is written while the disk is busy asks again.
            requested.set(false);
            deliveries = deliveries();
            if (deliveries.isEmpty() || !sync()) {
                return;
            }
        } finally {
            syncing.unlock();
        }
        deliveries.forEach(Runnable::run);
    }

    /** What tells each loop, in one task, how far its groups are durable. */
    private List<Runnable> deliveries() {
        List<Runnable> deliveries = new ArrayList<>(gates.size());
        gates.forEach(
                (loop, ofLoop) -> {
                    List<Runnable> tasks = new ArrayList<>(ofLoop.size());
                    for (WriteGate gate : ofLoop) {
                        long written = gate.written();
                        if (gate.offerToSync(written)) {
                            tasks.add(() -> gate.durable(written));
                        }
                    }
                    if (!tasks.isEmpty()) {
                        deliveries.add(() -> deliver(loop, tasks));
                    }
                });
        return deliveries;
    }

    private static void deliver(Loop loop, List<Runnable> tasks) {
        if (loop.isInside()) {
            tasks.forEach(Runnable::run);
        } else {
            post(loop, () -> tasks.forEach(Runnable::run));
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer at a time
    private boolean sync() {
        if (failure.get() != null) {
            return false;
        }
        long start = System.nanoTime();
        try {
            store.sync();
        } catch (RuntimeException e) {
            fail(e);
            return false;
        }
        lastNanos = System.nanoTime() - start;
        syncs++;
        long millis = TimeUnit.NANOSECONDS.toMillis(lastNanos);
        slowestMillis = Math.max(slowestMillis, millis);
        if (millis >= SLOW_MILLIS) {
            LOG.warn("the disk took {} ms for a sync; replication waits for it", millis);
        }
        return true;
    }

    private void syncAndRepeat(long millis) {
        if (unsynced) {
            unsynced = false;
            sync();
        }
        if (failure.get() == null && !closed) {
            committer.schedule(millis, () -> syncAndRepeat(millis));
        }
    }

    private static void post(Loop loop, Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("loop {} has stopped before the log", loop.name());
        }
    }
}
