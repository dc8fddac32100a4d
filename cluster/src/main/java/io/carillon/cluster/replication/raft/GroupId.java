package io.carillon.cluster.replication.raft;

import io.carillon.cluster.ShardId;

/** A Raft group: a shard in one of its generations. */
record GroupId(ShardId shard, long generation) {
    @Override
    public String toString() {
        return shard + " generation " + generation;
    }
}
