package io.carillon.cluster.replication;

/** When a node's log is brought to the disk, and so what "committed" promises. */
public sealed interface SyncPolicy {

    /** Committed is on the disk: it outlives a power failure. */
    record Always() implements SyncPolicy {}

    /**
     * Committed is with the operating system: it outlives the process; a power failure loses the
     * last interval.
     *
     * @param millis from one sync to the next, at least 1
     */
    record Interval(long millis) implements SyncPolicy {
        public Interval {
            if (millis < 1) {
                throw new IllegalArgumentException(
                        "the interval of syncs is " + millis + " ms and has to be at least 1 ms");
            }
        }
    }

    /**
     * Committed is with the operating system, which writes it to the disk when it sees fit: it
     * outlives the process; a power failure may lose half a minute.
     */
    record LeftToSystem() implements SyncPolicy {}
}
