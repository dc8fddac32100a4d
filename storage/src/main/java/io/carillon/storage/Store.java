package io.carillon.storage;

import org.jspecify.annotations.Nullable;

/**
 * One node's durable state: ordered keys and values in {@link Space}s.
 *
 * <p>A written batch is readable at once and durable after the next {@link #sync()} that begins
 * after it. Batches become durable in the order of their writing: after a crash the store holds a
 * prefix of them, whole batches only. The first write or sync that fails makes the store fail for
 * good: every later write throws too, so that nothing is acknowledged on top of a hole, while reads
 * go on.
 *
 * <p>Any thread may call; calls may block on the disk. Errors are {@link StorageException}.
 */
public interface Store extends StoreView, AutoCloseable {

    /** An empty batch, to be filled and written by one thread. To be closed. */
    Batch newBatch();

    /** Applies the batch at once and whole, and leaves it empty for new use. */
    void write(Batch batch);

    /** Makes durable all that was written before the call. Blocks for the disk. */
    void sync();

    /** Why the store has failed for good, or null while it is well. Never blocks. */
    @Nullable String failure();

    /** Bytes on disk, roughly. */
    long diskBytes();

    /** Closes the store and all cursors over it. What was written and not synced stays written. */
    @Override
    void close();
}
