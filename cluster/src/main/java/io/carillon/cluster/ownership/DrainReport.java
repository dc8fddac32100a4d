package io.carillon.cluster.ownership;

import io.carillon.cluster.ShardId;
import java.util.List;
import java.util.SortedMap;

/**
 * How a drain ended.
 *
 * @param moved the shards that were handed over, in that order
 * @param left by number, the shards that this node still leads, each with the reason
 * @param millis how long it took
 */
public record DrainReport(List<ShardId> moved, SortedMap<ShardId, String> left, long millis) {

    public boolean isComplete() {
        return left.isEmpty();
    }
}
