package io.carillon.storage.overlay;

import io.carillon.storage.Batch;
import io.carillon.storage.Space;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A batch that no store writes: it records its changes in memory, for {@link #take} to hand out as
 * one entry. Keys and values are copied.
 */
public final class RecordedBatch implements Batch {
    private final List<Change> changes = new ArrayList<>();
    private long sizeBytes;

    @Override
    public void put(Space space, byte[] key, byte[] value) {
        changes.add(new Change.Put(space, key.clone(), value.clone()));
        sizeBytes += (long) key.length + value.length;
    }

    @Override
    public void delete(Space space, byte[] key) {
        changes.add(new Change.Delete(space, key.clone()));
        sizeBytes += key.length;
    }

    @Override
    public void deleteOnce(Space space, byte[] key) {
        changes.add(new Change.DeleteOnce(space, key.clone()));
        sizeBytes += key.length;
    }

    @Override
    public void deleteRange(Space space, byte[] from, byte[] to) {
        if (Arrays.compareUnsigned(from, to) < 0) {
            changes.add(new Change.DeleteRange(space, from.clone(), to.clone()));
            sizeBytes += (long) from.length + to.length;
        }
    }

    @Override
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** Bytes of all keys and values, exactly. */
    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    /** What was recorded; the batch is empty afterwards, for the next entry. */
    public Changes take() {
        Changes taken = new Changes(changes, sizeBytes);
        clear();
        return taken;
    }

    @Override
    public void clear() {
        changes.clear();
        sizeBytes = 0;
    }

    @Override
    public void close() {
        clear();
    }
}
