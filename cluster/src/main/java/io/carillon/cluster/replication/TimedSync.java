package io.carillon.cluster.replication;

import io.carillon.loop.AnyThread;
import io.carillon.loop.Loop;
import io.carillon.storage.Store;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes durable what was written to a store, and measures the disk at it. The first error is the
 * end: it is told once, and nothing is tried again, since the system may have dropped what it could
 * not write. Any thread, but one sync at a time.
 */
@AnyThread
public final class TimedSync {
    private static final Logger LOG = LoggerFactory.getLogger(TimedSync.class);
    private static final long SLOW_MILLIS = 1_000;
    private static final long QUICK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Store store;
    private final Consumer<String> failed;
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private volatile boolean unsynced;
    private volatile long lastNanos;
    private volatile long syncs;
    private volatile long slowestMillis;

    /**
     * One for the store.
     *
     * @param failed told the reason, once, on whatever thread meets the error
     */
    public TimedSync(Store store, Consumer<String> failed) {
        this.store = store;
        this.failed = failed;
    }

    /** Why nothing can be written any more; null if it can. */
    public @Nullable String failure() {
        return failure.get();
    }

    public long syncs() {
        return syncs;
    }

    public long slowestMillis() {
        return slowestMillis;
    }

    /** Whether the disk was quick the last time: then a loop may wait for it. */
    public boolean isQuick() {
        return lastNanos < QUICK_NANOS;
    }

    /** Something was written that is not synced. */
    public void wrote() {
        unsynced = true;
    }

    /** Syncs what was written before; false if the store has failed, now or before. Blocks. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer at a time
    public boolean sync() {
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
        long millis = TimeUnit.NANOSECONDS.toMillis(lastNanos);
        syncs++;
        slowestMillis = Math.max(slowestMillis, millis);
        if (millis >= SLOW_MILLIS) {
            LOG.warn("the disk took {} ms for a sync; acknowledgements wait for it", millis);
        }
        return true;
    }

    /** Syncs on the loop after each such time in which something was written, until it is over. */
    public void every(long millis, Loop loop, BooleanSupplier over) {
        loop.schedule(
                millis,
                () -> {
                    if (unsynced) {
                        unsynced = false;
                        sync();
                    }
                    if (failure.get() == null && !over.getAsBoolean()) {
                        every(millis, loop, over);
                    }
                });
    }

    /** The store can't write any more. */
    public void fail(RuntimeException cause) {
        // The store knows: what is seen here first may be a write after the sync that failed.
        String first = store.failure();
        String reason = "the store has failed: " + (first == null ? cause.getMessage() : first);
        if (failure.compareAndSet(null, reason)) {
            LOG.error("no shard takes records any more: {}", reason, cause);
            failed.accept(reason);
        }
    }
}
