package io.carillon.cluster.ownership;

import io.carillon.cluster.ShardId;
import java.util.List;
import java.util.SortedMap;

/**
 * What to do next about the voters of all shards.
 *
 * @param begin the moves to begin now
 * @param later shards that need other voters and wait for their turn
 * @param blocked by number, shards that need other voters and can't get them, each with the reason
 */
public record ReseatPlan(List<Reseating> begin, int later, SortedMap<ShardId, String> blocked) {

    /** Whether all is as it should be, or will be once what runs has ended. */
    public boolean isSettled() {
        return begin.isEmpty() && later == 0 && blocked.isEmpty();
    }
}
