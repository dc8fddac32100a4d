package io.carillon.node.cluster;

import io.carillon.cluster.DiskId;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.Voter;
import io.carillon.cluster.ownership.DrainSettings;
import io.carillon.cluster.ownership.Home;
import io.carillon.cluster.ownership.founding.FoundingRules;

/**
 * What a {@link ClusterCore} is told.
 *
 * @param disk which disk the node has
 * @param zone what may fail together with this node; empty if nothing is known
 * @param source of the numbers of publications that go to shards: another one each time a node
 *     starts
 * @param connectMillis how long a client waits for the leader of its shard
 * @param minorityGraceMillis how long clients stay after the majority was lost
 */
public record CoreSettings(
        NodeId self,
        DiskId disk,
        String zone,
        long source,
        FoundingRules founding,
        DrainSettings drain,
        long connectMillis,
        long minorityGraceMillis) {

    Home home() {
        return new Home(new Voter(self, disk), zone);
    }
}
