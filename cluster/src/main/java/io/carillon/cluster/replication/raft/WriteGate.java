package io.carillon.cluster.replication.raft;

import io.carillon.loop.Loop;
import io.carillon.storage.Batch;
import io.carillon.storage.Store;
import java.time.InstantSource;
import java.util.ArrayDeque;

/**
 * What a group writes, and what has to wait until that is on the disk. On the group's loop.
 *
 * <p>Batches become durable in the order of their writing, so a count of them says it all.
 */
final class WriteGate {
    private static final long NEVER = Long.MAX_VALUE;

    /** Something that waits for a number of batches. */
    private record Held(long batches, Runnable action) {}

    private final Loop loop;
    private final Store store;
    private final DiskSync disk;
    private final InstantSource clock;
    private final Batch batch;
    private final int heldMax;
    private final Runnable touched;
    private final ArrayDeque<Held> held = new ArrayDeque<>();
    private long durable;
    private long waitsSinceMillis = NEVER;

    /** Of whoever syncs, one at a time. */
    private long offered;

    /** Batches written. By the loop, read by whoever syncs. */
    private volatile long written;

    /**
     * @param heldMax beyond it the oldest that waits is dropped: others will ask again
     * @param touched told before what waited runs
     */
    WriteGate(
            Loop loop,
            Store store,
            DiskSync disk,
            InstantSource clock,
            int heldMax,
            Runnable touched) {
        this.loop = loop;
        this.store = store;
        this.disk = disk;
        this.clock = clock;
        this.heldMax = heldMax;
        this.touched = touched;
        this.batch = store.newBatch();
        disk.add(loop, this);
    }

    /** What the turn has changed so far. */
    Batch batch() {
        return batch;
    }

    /** Runs the action once all that was changed before is durable: now, if it is. */
    void whenDurable(Runnable action) {
        long needed = batch.isEmpty() ? written : written + 1;
        if (needed <= durable) {
            action.run();
            return;
        }
        if (held.size() >= heldMax) {
            held.remove();
        }
        held.add(new Held(needed, action));
    }

    /**
     * Writes the batch, if there is anything in it.
     *
     * @throws io.carillon.storage.StorageException if the store has failed; all are told
     */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer, the loop
    void write() {
        if (batch.isEmpty()) {
            return;
        }
        try {
            store.write(batch);
        } catch (RuntimeException e) {
            disk.fail(e);
            throw e;
        }
        written++;
        if (disk.isAwaited()) {
            if (waitsSinceMillis == NEVER) {
                waitsSinceMillis = clock.millis();
            }
            disk.wrote(loop);
        } else {
            disk.wrote(loop);
            durable(written);
        }
    }

    /** How long the oldest write waits for the disk, in milliseconds. */
    long waitingMillis() {
        return waitsSinceMillis == NEVER ? 0 : clock.millis() - waitsSinceMillis;
    }

    /** All batches up to there are on the disk. */
    void durable(long upTo) {
        if (upTo <= durable) {
            return;
        }
        durable = upTo;
        waitsSinceMillis = durable == written ? NEVER : clock.millis();
        if (!held.isEmpty()) {
            touched.run();
        }
        while (!held.isEmpty() && held.element().batches() <= upTo) {
            held.remove().action().run();
        }
    }

    /** Nothing is written or released any more. */
    void close() {
        disk.remove(loop, this);
        held.clear();
        batch.clear();
    }

    long written() {
        return written;
    }

    /** Whether that is more than what was offered before. On whoever syncs. */
    boolean offerToSync(long upTo) {
        if (upTo == offered) {
            return false;
        }
        offered = upTo;
        return true;
    }
}
