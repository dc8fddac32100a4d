package io.carillon.cluster.replication.raft;

import io.carillon.cluster.NodeId;

/** A copy of a shard: on that node, as long as it has that disk. */
public record Replica(NodeId node, DiskId disk) {
    @Override
    public String toString() {
        return node + "/" + disk;
    }
}
