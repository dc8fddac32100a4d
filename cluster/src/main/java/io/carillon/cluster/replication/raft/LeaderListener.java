package io.carillon.cluster.replication.raft;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import org.jspecify.annotations.Nullable;

/** Hears who leads a shard, as far as this node knows: a hint that may be late. */
public interface LeaderListener {

    /** Called on the shard's loop when it changes; null while nobody is known. */
    void leaderChanged(ShardId shard, Epoch epoch, @Nullable NodeId leader);
}
