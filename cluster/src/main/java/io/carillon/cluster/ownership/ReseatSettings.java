package io.carillon.cluster.ownership;

/**
 * How shards get new voters.
 *
 * @param replicas voters of each shard, where there are as many nodes
 * @param movesMax shards that change at a time
 * @param bytesPerSecond that filling new replicas may take, of all moves together
 */
public record ReseatSettings(int replicas, int movesMax, long bytesPerSecond) {
    public ReseatSettings {
        if (replicas < 1 || movesMax < 1 || bytesPerSecond < movesMax) {
            throw new IllegalArgumentException(
                    "new voters need a replica, a move at a time and some bandwidth at least");
        }
    }

    /** What one move may take, so that all together stay within the budget. */
    long bytesPerSecondEach() {
        return bytesPerSecond / movesMax;
    }
}
