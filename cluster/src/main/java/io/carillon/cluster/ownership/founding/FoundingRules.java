package io.carillon.cluster.ownership.founding;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.ownership.ShardMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

    /** Why a node with these rules can't be of the charter's cluster; null if it can. */
    @Nullable String mismatch(Charter charter) {
        if (!charter.cluster().equals(cluster)) {
            return "the cluster's name is %s, this node is configured for %s: set cluster.name"
                    .formatted(charter.cluster(), cluster);
        }
        if (charter.shards() != shards) {
            return "the cluster has %d shards, this node is configured for %d: set cluster.shards"
                    .formatted(charter.shards(), shards);
        }
        return null;
    }

    /** Whether the charter could have been drawn by these rules. */
    boolean areThoseOf(Charter charter) {
        return mismatch(charter) == null
                && charter.founders().size() == size
                && charter.replicas() == replicas
                && charter.founders().stream().allMatch(home -> mayFound(home.node()));
    }
}
