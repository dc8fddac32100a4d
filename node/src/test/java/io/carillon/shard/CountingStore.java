package io.carillon.shard;

import io.carillon.storage.Batch;
import io.carillon.storage.Cursor;
import io.carillon.storage.Space;
import io.carillon.storage.Store;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A store that counts what is read of each space: values got, and steps of cursors. */
final class CountingStore implements Store {
    private final Store store;
    private final Map<Space, Integer> reads = new HashMap<>();

    CountingStore(Store store) {
        this.store = store;
    }

    int reads(Space space) {
        return reads.getOrDefault(space, 0);
    }

    private void count(Space space) {
        reads.merge(space, 1, Integer::sum);
    }

    @Override
    public byte @Nullable [] get(Space space, byte[] key) {
        count(space);
        return store.get(space, key);
    }

    @Override
    public Cursor cursor(Space space) {
        Cursor cursor = store.cursor(space);
        return new Cursor() {
            @Override
            public boolean seek(byte[] key) {
                count(space);
                return cursor.seek(key);
            }

            @Override
            public boolean seekBack(byte[] key) {
                count(space);
                return cursor.seekBack(key);
            }

            @Override
            public boolean next() {
                count(space);
                return cursor.next();
            }

            @Override
            public boolean previous() {
                count(space);
                return cursor.previous();
            }

            @Override
            public byte[] key() {
                return cursor.key();
            }

            @Override
            public byte[] value() {
                return cursor.value();
            }

            @Override
            public void close() {
                cursor.close();
            }
        };
    }

    @Override
    public Batch newBatch() {
        return store.newBatch();
    }

    @Override
    public void write(Batch batch) {
        store.write(batch);
    }

    @Override
    public void sync() {
        store.sync();
    }

    @Override
    public @Nullable String failure() {
        return store.failure();
    }

    @Override
    public long diskBytes() {
        return store.diskBytes();
    }

    @Override
    public void close() {
        store.close();
    }
}
