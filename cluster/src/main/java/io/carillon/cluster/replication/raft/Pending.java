package io.carillon.cluster.replication.raft;

import io.carillon.storage.Batch;
import io.carillon.storage.overlay.ChangeBytes;
import io.carillon.storage.overlay.Changes;
import java.util.ArrayList;
import java.util.List;

/**
 * What an entry changes that this node appended and that is not committed: applied once, read
 * through the overlay until then, and written then. On the shard's loop.
 */
final class Pending {
    private final List<Changes> layers = new ArrayList<>(1);
    private int records;
    private long cost;

    /** Counts a record, and what it stands for among the bytes that wait. */
    void countRecord(long bytes) {
        records++;
        cost += bytes;
    }

    /** The changes of more of the records, all together or in several layers. */
    void add(Changes changes) {
        layers.add(changes);
    }

    int layers() {
        return layers.size();
    }

    int records() {
        return records;
    }

    long cost() {
        return cost;
    }

    /** All of it, as an entry holds it. */
    byte[] encode() {
        return ChangeBytes.encode(layers);
    }

    void writeTo(Batch batch) {
        layers.forEach(changes -> changes.writeTo(batch));
    }
}
