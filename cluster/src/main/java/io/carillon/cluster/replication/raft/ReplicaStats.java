package io.carillon.cluster.replication.raft;

import io.carillon.cluster.ShardId;

/**
 * Where this node's replica of a shard stood at the last heartbeat.
 *
 * @param term of the generation
 * @param firstIndex of the log's entries; what was before is in the state only
 * @param lastIndex of the log's entries
 * @param commitIndex up to which entries are committed, as far as the replica knows
 * @param appliedIndex up to which entries are in the state
 * @param filling whether the state is being replaced by that of the leader and is none
 */
public record ReplicaStats(
        ShardId shard,
        long generation,
        int term,
        Role role,
        long firstIndex,
        long lastIndex,
        long commitIndex,
        long appliedIndex,
        boolean filling) {

    /** What a replica does. */
    public enum Role {
        LEADER,
        FOLLOWER,
        /** Asks for votes. */
        CANDIDATE,
        /** Nothing any more: the store failed, or the node is stopping. */
        STOPPED
    }
}
