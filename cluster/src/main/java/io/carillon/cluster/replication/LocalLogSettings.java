package io.carillon.cluster.replication;

/**
 * How a {@link LocalLog} commits and how much may wait for it.
 *
 * @param congestedBytes from so many bytes appended and not committed, on the whole node, {@link
 *     ReplicatedLog#congested} is true
 * @param uncommittedBytesMax from so many on, records are refused as {@link
 *     AppendRefused.Reason#BUSY}; the turn under way may still pass it by what it collects
 */
public record LocalLogSettings(SyncPolicy sync, long congestedBytes, long uncommittedBytesMax) {

    /** 8 MiB before publishers are to pause, 64 MiB before records are refused. */
    public static LocalLogSettings of(SyncPolicy sync) {
        return new LocalLogSettings(sync, 8L << 20, 64L << 20);
    }

    public LocalLogSettings {
        if (congestedBytes < 1 || uncommittedBytesMax < congestedBytes) {
            throw new IllegalArgumentException(
                    "congestedBytes is "
                            + congestedBytes
                            + " and uncommittedBytesMax is "
                            + uncommittedBytesMax
                            + "; the first has to be at least 1, the second not below it");
        }
    }
}
