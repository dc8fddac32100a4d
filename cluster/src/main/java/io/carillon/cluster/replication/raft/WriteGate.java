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

    /** How many batches have to be durable so that all is that others rely on. */
    private long reliedOn;

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

    /** What the turn has changed so far: for what others, or a later start, rely on. */
    Batch batch() {
        reliedOn = written + 1;
        return batch;
    }

    /**
     * The same, for what follows from committed entries: nobody waits for it, since the log, which
     * is durable before, has it too.
     */
    Batch derived() {
        return batch;
    }

    /** Runs the action once all that others rely on is durable: now, if it is. */
    void whenDurable(Runnable action) {
        long needed = batch.isEmpty() ? Math.min(reliedOn, written) : reliedOn;
        if (needed <= durable) {
            action.run();
            return;
        }
        if (held.size() >= heldMax) {
            held.remove();
        }
        held.add(new Held(needed, action));
        if (needed <= written) {
            await();
        }
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
        disk.wrote();
        if (!disk.isAwaited()) {
            durable(written);
        } else if (!held.isEmpty()) {
            await();
        }
    }

    /** Somebody waits for what is written. */
    private void await() {
        if (waitsSinceMillis == NEVER) {
            waitsSinceMillis = clock.millis();
        }
        disk.await(loop);
    }

    /** The heartbeat: what nobody waits for gets to the disk, too. */
    void tick() {
        if (durable < written && held.isEmpty()) {
            await();
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
        if (!held.isEmpty()) {
            touched.run();
        }
        while (!held.isEmpty() && held.element().batches() <= upTo) {
            held.remove().action().run();
        }
        waitsSinceMillis = held.isEmpty() ? NEVER : clock.millis();
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
