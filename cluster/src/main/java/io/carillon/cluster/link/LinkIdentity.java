package io.carillon.cluster.link;

import io.carillon.cluster.DiskId;
import io.carillon.cluster.Incarnation;
import io.carillon.cluster.NodeId;

/**
 * Who a node is to its peers.
 *
 * @param cluster the name of the cluster; peers have the same
 * @param shards how many shards the cluster has; peers have as many
 */
public record LinkIdentity(NodeId node, String cluster, int shards, Incarnation incarnation) {

    /** The node's data directory, to which its name is tied. */
    DiskId disk() {
        return incarnation.disk();
    }
}
