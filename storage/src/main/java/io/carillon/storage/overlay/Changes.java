package io.carillon.storage.overlay;

import io.carillon.storage.Batch;
import io.carillon.storage.Space;
import java.util.List;

/**
 * What one entry of a log changes, in the order of its recording: made by {@link RecordedBatch},
 * never changed, so that it can be read through an {@link Overlay} now and written later.
 */
public final class Changes {
    private final List<Change> list;
    private final long sizeBytes;

    Changes(List<Change> list, long sizeBytes) {
        this.list = List.copyOf(list);
        this.sizeBytes = sizeBytes;
    }

    /** Makes the same changes in another batch, behind what that has already. */
    public void writeTo(Batch batch) {
        for (Change change : list) {
            switch (change) {
                case Change.Put(Space space, byte[] key, byte[] value) ->
                        batch.put(space, key, value);
                case Change.Delete(Space space, byte[] key) -> batch.delete(space, key);
                case Change.DeleteOnce(Space space, byte[] key) -> batch.deleteOnce(space, key);
                case Change.DeleteRange(Space space, byte[] from, byte[] to) ->
                        batch.deleteRange(space, from, to);
            }
        }
    }

    /** Bytes of all keys and values, exactly. */
    public long sizeBytes() {
        return sizeBytes;
    }

    public boolean isEmpty() {
        return list.isEmpty();
    }

    List<Change> list() {
        return list;
    }
}
