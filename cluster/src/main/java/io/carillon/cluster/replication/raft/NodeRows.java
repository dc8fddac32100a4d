package io.carillon.cluster.replication.raft;

import io.carillon.bytes.FieldWriter;
import io.carillon.cluster.DiskId;
import io.carillon.storage.Batch;
import io.carillon.storage.Store;
import java.nio.ByteBuffer;
import java.util.Random;

/** What the store says of the node itself: its disk's number and how often it was started. */
record NodeRows(DiskId disk, long start) {
    private static final byte[] DISK = {0, 0};
    private static final byte[] STARTS = {0, 1};

    /**
     * Counts a start; a disk that is used for the first time gets its number. Whatever was written
     * before the start is durable on return: what is read from now on stays true.
     */
    static NodeRows begin(Store store, long seed) {
        byte[] diskRow = store.get(GroupRows.SPACE, DISK);
        byte[] startsRow = store.get(GroupRows.SPACE, STARTS);
        long start = 1 + (startsRow == null ? 0 : ByteBuffer.wrap(startsRow).getLong());
        DiskId disk;
        try (Batch batch = store.newBatch()) {
            if (diskRow == null) {
                disk = DiskId.random(new Random(seed));
                batch.put(
                        GroupRows.SPACE,
                        DISK,
                        new FieldWriter(16).putLong(disk.high()).putLong(disk.low()).toBytes());
            } else {
                disk = diskOf(diskRow);
            }
            batch.put(GroupRows.SPACE, STARTS, GroupRows.longBytes(start));
            store.write(batch);
        }
        store.sync();
        return new NodeRows(disk, start);
    }

    /**
     * The disk's number, in a store that was used before.
     *
     * @throws IllegalStateException if it was not
     */
    static DiskId disk(Store store) {
        byte[] row = store.get(GroupRows.SPACE, DISK);
        if (row == null) {
            throw new IllegalStateException("no node of a cluster has used this store yet");
        }
        return diskOf(row);
    }

    private static DiskId diskOf(byte[] row) {
        ByteBuffer in = ByteBuffer.wrap(row);
        return new DiskId(in.getLong(), in.getLong());
    }
}
