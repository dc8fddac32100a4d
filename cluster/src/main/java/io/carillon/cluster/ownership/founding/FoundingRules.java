package io.carillon.cluster.ownership.founding;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.ownership.ShardMap;
import java.util.Set;

/**
 * What a node is configured for; the same on all nodes.
 *
 * @param cluster the name
 * @param size how many nodes found the cluster: all of them have to be there once
 * @param shards for ever
 * @param replicas voters of each shard, where there are as many nodes
 * @param founders the names of the founders, as many as {@code size}; or empty for whoever comes
 *     first. Only with names can two halves of twice as many nodes not found two clusters
 */
public record FoundingRules(
        String cluster, int size, int shards, int replicas, Set<NodeId> founders) {
    public FoundingRules {
        founders = Set.copyOf(founders);
        if (size < 1 || shards < 1 || shards > 65_535) {
            throw new IllegalArgumentException(
                    "a cluster has 1 node or more and 1 to 65535 shards, not "
                            + size
                            + " and "
                            + shards);
        }
        if (replicas < 1 || replicas == 4 || replicas > ShardMap.VOTERS_MAX) {
            throw new IllegalArgumentException(
                    "a shard has 1, 2, 3 or 5 replicas, not "
                            + replicas
                            + ": set cluster.replicas, to 3 unless you know why");
        }
        if (!founders.isEmpty() && founders.size() != size) {
            throw new IllegalArgumentException(
                    "name all " + size + " founders of the cluster or none, not " + founders);
        }
    }

    boolean mayFound(NodeId node) {
        return founders.isEmpty() || founders.contains(node);
    }
}
