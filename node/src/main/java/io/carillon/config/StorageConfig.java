package io.carillon.config;

/**
 * The store on disk.
 *
 * @param salvage start without what follows a damage in the write-ahead log
 */
public record StorageConfig(
        Fsync fsync,
        long blockCacheBytes,
        long writeBuffersBytes,
        long diskFreeBytesMin,
        boolean salvage) {
    static final Key<Fsync> FSYNC =
            Key.of(
                    "storage.fsync",
                    new FsyncType(),
                    "always",
                    "When writes reach the disk: always (before each acknowledgement), an interval"
                            + " such as 100ms, or os");

    static final Key<Long> BLOCK_CACHE =
            Key.of(
                    "storage.blockCache",
                    Units.bytes("1MiB", "1TiB"),
                    "64MiB",
                    "Memory for blocks read from disk, outside the Java heap");

    static final Key<Long> WRITE_BUFFERS =
            Key.of(
                    "storage.writeBuffers",
                    Units.bytes("4MiB", "64GiB"),
                    "64MiB",
                    "Memory for writes not yet in a table file, outside the Java heap");

    static final Key<Long> DISK_FREE_MIN =
            Key.of(
                    "storage.diskFreeMin",
                    Units.bytes("0", "1TiB"),
                    "256MiB",
                    "With less free disk than this, what must be stored is refused");

    static final Key<Boolean> SALVAGE =
            Key.of(
                    "storage.salvage",
                    Types.BOOLEAN,
                    "false",
                    "Start although the log is damaged, without what follows the damage; for one"
                            + " start");

    static final Section SECTION =
            Section.of(
                    "storage",
                    "Sessions, queues and retained messages on disk.",
                    FSYNC,
                    BLOCK_CACHE,
                    WRITE_BUFFERS,
                    DISK_FREE_MIN,
                    SALVAGE);

    static StorageConfig from(Values values) {
        return new StorageConfig(
                values.get(FSYNC),
                values.get(BLOCK_CACHE),
                values.get(WRITE_BUFFERS),
                values.get(DISK_FREE_MIN),
                values.get(SALVAGE));
    }
}
