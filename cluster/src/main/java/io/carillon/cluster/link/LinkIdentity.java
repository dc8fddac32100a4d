package io.carillon.cluster.link;

import io.carillon.cluster.NodeId;
import java.util.UUID;

/**
 * Who a node is to its peers.
 *
 * @param cluster the name of the cluster; peers have the same
 * @param shards how many shards the cluster has; peers have as many
 * @param disk drawn when the node's data directory was made; ties the name to it
 */
public record LinkIdentity(
        NodeId node, String cluster, int shards, UUID disk, Incarnation incarnation) {}
