package io.carillon.cluster.replication;

import io.carillon.storage.Batch;
import io.carillon.storage.Space;
import io.carillon.storage.Store;
import java.nio.ByteBuffer;

/** Counts the starts of a node in its store, so that each start has a generation of its own. */
final class BootCounter {
    private static final byte[] KEY = {'b', 'o', 'o', 't', 's'};

    private BootCounter() {}

    /** The number of this start, from 1; durable on return. */
    static long next(Store store, Space space) {
        byte[] last = store.get(space, KEY);
        long number = 1 + (last == null ? 0 : ByteBuffer.wrap(last).getLong());
        try (Batch batch = store.newBatch()) {
            batch.put(space, KEY, ByteBuffer.allocate(Long.BYTES).putLong(number).array());
            store.write(batch);
        }
        store.sync();
        return number;
    }
}
