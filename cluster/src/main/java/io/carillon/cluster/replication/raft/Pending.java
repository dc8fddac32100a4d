package io.carillon.cluster.replication.raft;

import io.carillon.storage.Batch;
import io.carillon.storage.Space;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What the records of an entry change, remembered until the entry is committed and then written.
 * One thread.
 */
final class Pending implements Batch {
    private final List<Consumer<Batch>> changes = new ArrayList<>();
    private int records;
    private long cost;
    private long sizeBytes;

    /** Makes the changes again, in their order. */
    void replayTo(Batch target) {
        changes.forEach(change -> change.accept(target));
    }

    int records() {
        return records;
    }

    /** What its records count for among the bytes that wait. */
    long cost() {
        return cost;
    }

    void countRecord(long bytes) {
        records++;
        cost += bytes;
    }

    /** A place to come back to. */
    int mark() {
        return changes.size();
    }

    /** Forgets what was changed since. */
    void rollbackTo(int mark) {
        changes.subList(mark, changes.size()).clear();
    }

    @Override
    public void put(Space space, byte[] key, byte[] value) {
        add(batch -> batch.put(space, key, value), key.length + value.length);
    }

    @Override
    public void delete(Space space, byte[] key) {
        add(batch -> batch.delete(space, key), key.length);
    }

    @Override
    public void deleteOnce(Space space, byte[] key) {
        add(batch -> batch.deleteOnce(space, key), key.length);
    }

    @Override
    public void deleteRange(Space space, byte[] from, byte[] to) {
        add(batch -> batch.deleteRange(space, from, to), from.length + to.length);
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
        changes.clear();
        sizeBytes = 0;
    }

    @Override
    public void close() {
        clear();
    }

    private void add(Consumer<Batch> change, int bytes) {
        changes.add(change);
        sizeBytes += bytes;
    }
}
