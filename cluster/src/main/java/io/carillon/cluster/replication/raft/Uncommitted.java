package io.carillon.cluster.replication.raft;

import io.carillon.storage.Store;
import java.util.ArrayDeque;

/**
 * What a leader has appended to a shard and not written yet, the newest last. On the shard's loop.
 */
final class Uncommitted {
    private final Store store;
    private final ArrayDeque<Pending> layers = new ArrayDeque<>();

    Uncommitted(Store store) {
        this.store = store;
    }

    /** A new layer, on top. */
    Pending push() {
        Pending pending = new Pending();
        layers.add(pending);
        return pending;
    }

    /** The oldest layer is in the store now. */
    void popOldest(Pending expected) {
        Pending oldest = layers.remove();
        if (!oldest.equals(expected)) {
            throw new IllegalStateException("entries are applied in another order");
        }
    }

    /** Nothing of it may ever come to be. */
    void clear() {
        layers.clear();
    }

    /** The store as the shard should see it. */
    Store view() {
        return store;
    }
}
