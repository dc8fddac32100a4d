package io.carillon.storage.rocks;

/**
 * The bounds of a store on RocksDB.
 *
 * @param blockCacheBytes what blocks of files may take in memory, with their indexes and filters
 * @param writeBufferBytes what written and not yet flushed data of all spaces may take in memory;
 *     the log that has to be read again at the next start is at most twice as long
 * @param diskBytesMax the store fails, as on a full disk, when its files would take more; 0 for no
 *     limit but the disk's own
 * @param salvage opens a store whose log is damaged in the middle with what comes before the
 *     damage, and drops the rest: for once, by a person who has decided so
 */
public record RocksSettings(
        long blockCacheBytes, long writeBufferBytes, long diskBytesMax, boolean salvage) {

    /** 64 MiB of cache, 128 MiB of write buffers, the whole disk, no salvage. */
    public static final RocksSettings DEFAULT = new RocksSettings(64L << 20, 128L << 20, 0, false);

    public RocksSettings {
        atLeast("blockCacheBytes", blockCacheBytes, 1 << 20);
        atLeast("writeBufferBytes", writeBufferBytes, 1 << 20);
        atLeast("diskBytesMax", diskBytesMax, 0);
    }

    private static void atLeast(String name, long value, long min) {
        if (value < min) {
            throw new IllegalArgumentException(
                    name + " is " + value + " and has to be at least " + min);
        }
    }
}
