package io.carillon.cluster.ownership;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;

/**
 * A leadership that is to move.
 *
 * @param fence the epoch in which {@code from} leads; in another one the transfer is void
 */
public record Transfer(ShardId shard, Epoch fence, NodeId from, NodeId to) {}
