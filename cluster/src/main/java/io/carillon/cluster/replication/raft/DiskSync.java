package io.carillon.cluster.replication.raft;

import io.carillon.cluster.replication.SyncPolicy;
import io.carillon.cluster.replication.TimedSync;
import io.carillon.loop.Loop;
import io.carillon.storage.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One sync of the disk for all that the groups of a node wrote before it. While it waits for the
 * disk the next lot gathers.
 */
final class DiskSync {
    private final TimedSync disk;
    private final SyncPolicy policy;
    private final Loop committer;
    private final boolean mayUseIdleLoops;
    private final Consumer<Loop> beforeWaiting;
    private final Map<Loop, List<WriteGate>> gates = new ConcurrentHashMap<>();
    private final AtomicBoolean requested = new AtomicBoolean();
    private final ReentrantLock syncing = new ReentrantLock();
    private volatile boolean closed;

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
        this.disk = new TimedSync(store, failed);
        this.policy = policy;
        this.committer = committer;
        this.mayUseIdleLoops = mayUseIdleLoops;
        this.beforeWaiting = beforeWaiting;
        if (policy instanceof SyncPolicy.Interval interval) {
            disk.every(interval.millis(), committer, () -> closed);
        }
    }

    /** Whether what is written has to wait for the disk before others hear of it. */
    boolean isAwaited() {
        return policy instanceof SyncPolicy.Always;
    }

    @Nullable String failure() {
        return disk.failure();
    }

    long syncs() {
        return disk.syncs();
    }

    long slowestMillis() {
        return disk.slowestMillis();
    }

    void add(Loop loop, WriteGate gate) {
        gates.computeIfAbsent(loop, each -> new CopyOnWriteArrayList<>()).add(gate);
    }

    void remove(Loop loop, WriteGate gate) {
        gates.getOrDefault(loop, List.of()).remove(gate);
    }

    /** A gate has written; nobody waits for it yet. Any thread. */
    void wrote() {
        disk.wrote();
    }

    /** What gates have written is to be made durable, where that is awaited. On a gate's loop. */
    void await(Loop loop) {
        if (!requested.compareAndSet(false, true)) {
            return;
        }
        if (isIdle(loop)) {
            loop.atTurnEnd(() -> syncFrom(loop)); // once the loop's other groups have written
        } else {
            committer.offer(this::syncGroup);
        }
    }

    /** Makes durable what was written without a gate; nobody waits for it. Any thread. */
    void syncSoon() {
        if (isAwaited()) {
            committer.offer(this::syncAlone);
        }
    }

    /** The store can't write any more. Any thread. */
    void fail(RuntimeException cause) {
        disk.fail(cause);
    }

    /** Syncs a last time, on the caller's thread. */
    void close() {
        closed = true;
        syncAlone();
    }

    private void syncAlone() {
        syncing.lock();
        try {
            disk.sync();
        } finally {
            syncing.unlock();
        }
    }

    private boolean isIdle(Loop loop) {
        return mayUseIdleLoops && loop.pending() == 0 && disk.isQuick();
    }

    private void syncFrom(Loop loop) {
        beforeWaiting.accept(loop);
        if (!isIdle(loop) || !syncing.tryLock()) {
            committer.offer(this::syncGroup);
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
            if (deliveries.isEmpty() || !disk.sync()) {
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
            loop.offer(() -> tasks.forEach(Runnable::run));
        }
    }
}
