package io.carillon.cluster.replication.raft;

import io.carillon.cluster.replication.SyncPolicy;

/** How the groups of a node behave. The same on all nodes, save for bounds. */
public record RaftSettings(SyncPolicy sync, Timing timing, Bounds bounds, Retention retention) {

    /**
     * @param heartbeatMillis from one sign of life of a leader to the next
     * @param electionTimeoutMillis without one for so long, followers elect another leader; at
     *     least twice the heartbeat
     * @param slowDiskMillis a leader whose disk takes longer for a sync gives the shard away
     */
    public record Timing(long heartbeatMillis, long electionTimeoutMillis, long slowDiskMillis) {
        public Timing {
            if (heartbeatMillis < 1 || electionTimeoutMillis < 2 * heartbeatMillis) {
                throw new IllegalArgumentException(
                        "the heartbeat is "
                                + heartbeatMillis
                                + " ms and the election timeout "
                                + electionTimeoutMillis
                                + " ms; the first has to be at least 1 ms, the second twice that");
            }
        }
    }

    /**
     * @param congestedBytes from so many bytes appended and not committed on, on the whole node,
     *     feeders are to pause
     * @param uncommittedBytesMax from so many on, records are refused
     * @param entryBytesMax what a turn appends becomes a new entry after so many bytes
     * @param heapBytesPerShard of entries that are applied and may still have to be sent; older
     *     ones are read from the store again
     */
    public record Bounds(
            long congestedBytes,
            long uncommittedBytesMax,
            int entryBytesMax,
            long heapBytesPerShard) {}

    /**
     * When the log is cut, whichever comes first.
     *
     * @param entriesMax entries since the last cut
     * @param bytesMax bytes since the last cut
     * @param ageMillisMax time since the last cut, if anything came
     * @param partBytes of one message that fills another replica
     * @param fillBytesPerSecond the most that this node sends to fill other replicas
     */
    public record Retention(
            int entriesMax,
            long bytesMax,
            long ageMillisMax,
            int partBytes,
            long fillBytesPerSecond) {}

    /**
     * A heartbeat every 200 ms and elections after a second; pause at 8 MiB, refuse at 64 MiB; cut
     * the log after 50,000 entries, 64 MiB or ten minutes; fill others with 32 MiB a second.
     */
    public static RaftSettings of(SyncPolicy sync) {
        return new RaftSettings(
                sync,
                new Timing(200, 1_000, 2_000),
                new Bounds(8L << 20, 64L << 20, 1 << 20, 1L << 20),
                new Retention(50_000, 64L << 20, 600_000, 256 << 10, 32L << 20));
    }
}
