package io.carillon.cluster.membership;

/**
 * Bounds of a {@link SharedMap}.
 *
 * @param batchEntriesMax entries written at once; one batch is on its way at a time
 * @param batchBytesMax bytes of keys and values in it, but for one entry that is larger
 * @param waitingEntriesMax changes that wait to be written; with more of them the whole part is
 *     written again instead
 * @param eventsMax changes of another node that wait for the loop; with more of them its whole part
 *     is read again instead
 * @param goneMillis how long a node has been away when its part is removed
 */
public record SharedMapSettings(
        int batchEntriesMax,
        int batchBytesMax,
        int waitingEntriesMax,
        int eventsMax,
        long goneMillis) {

    /** 4,096 entries or 1 MiB a batch, 65,536 changes waiting either way, five minutes. */
    public static final SharedMapSettings DEFAULT =
            new SharedMapSettings(4_096, 1 << 20, 65_536, 65_536, 300_000);

    public SharedMapSettings {
        if (batchEntriesMax < 1
                || batchBytesMax < 1
                || waitingEntriesMax < batchEntriesMax
                || eventsMax < 1
                || goneMillis < 1) {
            throw new IllegalArgumentException(
                    "bounds of a shared map have to be positive, and more may wait than one batch"
                            + " takes");
        }
    }
}
