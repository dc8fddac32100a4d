package io.carillon.cluster.ownership.founding;

import io.carillon.storage.Batch;
import io.carillon.storage.Space;
import io.carillon.storage.StorageException;
import io.carillon.storage.Store;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The charter in the node's store: one key of a space that others may use, too. */
public final class StoredCharter implements CharterStore {
    private static final byte[] KEY = "charter".getBytes(StandardCharsets.US_ASCII);

    private final Store store;
    private final Space space;

    public StoredCharter(Store store, Space space) {
        this.store = store;
        this.space = space;
    }

    /**
     * {@inheritDoc}
     *
     * @throws StorageException if it can't be read: a node must not found as if it had none
     */
    @Override
    public @Nullable Standing held() {
        byte[] bytes = store.get(space, KEY);
        try {
            return bytes == null ? null : FoundingBytes.decode(bytes);
        } catch (IllegalArgumentException e) {
            throw new StorageException(
                    "the charter of the cluster can't be read: "
                            + e.getMessage()
                            + "; start the release that wrote it, or restore the data directory",
                    e);
        }
    }

    @Override
    public void hold(Standing standing) {
        try (Batch batch = store.newBatch()) {
            batch.put(space, KEY, FoundingBytes.encode(standing));
            store.write(batch);
        }
        store.sync();
    }
}
