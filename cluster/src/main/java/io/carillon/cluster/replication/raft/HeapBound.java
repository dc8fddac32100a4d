package io.carillon.cluster.replication.raft;

import java.util.ArrayDeque;

/**
 * Keeps the newest payloads of a log on the heap: a follower that is a little behind needs them
 * soon. Older ones are read from the store, should anybody need them. On the shard's loop.
 */
final class HeapBound {
    private final long bytesMax;
    private final ArrayDeque<Operation.Records> kept = new ArrayDeque<>();
    private long bytes;

    HeapBound(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    void applied(Operation.Records records) {
        if (records.payload() != null) {
            kept.add(records);
            bytes += records.sizeBytes();
        }
    }

    /** Drops the oldest beyond the bound. All of them have been written. */
    void trim() {
        while (bytes > bytesMax) {
            Operation.Records oldest = kept.remove();
            oldest.dropPayload();
            bytes -= oldest.sizeBytes();
        }
    }
}
