package io.carillon.storage.memory;

import io.carillon.storage.Batch;
import io.carillon.storage.Space;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A list of changes to spaces that there are. */
final class MemoryBatch implements Batch {
    private final Consumer<Space> check;
    private List<Change> changes = new ArrayList<>();
    private long sizeBytes;

    /**
     * @param check throws for a space that the store lacks
     */
    MemoryBatch(Consumer<Space> check) {
        this.check = check;
    }

    @Override
    public void put(Space space, byte[] key, byte[] value) {
        add(new Change.Put(space, key.clone(), value.clone()), key.length + value.length);
    }

    @Override
    public void delete(Space space, byte[] key) {
        add(new Change.Delete(space, key.clone()), key.length);
    }

    @Override
    public void deleteOnce(Space space, byte[] key) {
        delete(space, key);
    }

    @Override
    public void deleteRange(Space space, byte[] from, byte[] to) {
        add(new Change.DeleteRange(space, from.clone(), to.clone()), from.length + to.length);
    }

    @Override
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public void clear() {
        changes = new ArrayList<>();
        sizeBytes = 0;
    }

    @Override
    public void close() {
        clear();
    }

    /** The changes so far; the batch is empty afterwards. */
    List<Change> take() {
        List<Change> taken = changes;
        clear();
        return taken;
    }

    private void add(Change change, int bytes) {
        check.accept(change.space());
        changes.add(change);
        sizeBytes += bytes;
    }
}
