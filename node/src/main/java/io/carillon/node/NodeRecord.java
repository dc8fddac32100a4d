package io.carillon.node;

import io.carillon.storage.Batch;
import io.carillon.storage.Space;
import io.carillon.storage.Store;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a data directory was made with and cannot change: how many shards divide its state. */
final class NodeRecord {
    static final Space SPACE = new Space("node");

    private static final byte[] SHARDS = "shards".getBytes(StandardCharsets.US_ASCII);

    private NodeRecord() {}

    /**
     * Writes the number of shards into a new store, or checks it against that of an older one.
     *
     * @throws StartException if they differ: client ids would be looked for in the wrong shard
     */
    static void check(Store store, int shards) throws StartException {
        byte @Nullable [] made = store.get(SPACE, SHARDS);
        if (made == null) {
            try (Batch batch = store.newBatch()) {
                batch.put(SPACE, SHARDS, ByteBuffer.allocate(4).putInt(shards).array());
                store.write(batch);
            }
            store.sync();
            return;
        }
        int before = ByteBuffer.wrap(made).getInt();
        if (before != shards) {
            throw new StartException(
                    "the data directory was made with cluster.shards "
                            + before
                            + ", which cannot change to "
                            + shards
                            + "; set cluster.shards to "
                            + before
                            + ", or start with an empty node.dataDir");
        }
    }
}
