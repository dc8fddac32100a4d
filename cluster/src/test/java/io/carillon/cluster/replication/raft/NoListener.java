package io.carillon.cluster.replication.raft;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.Voter;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Hears nothing. */
final class NoListener implements LeaderListener {
    @Override
    public void leads(ShardId shard, Epoch epoch, List<Voter> voters, Set<NodeId> inSync) {}

    @Override
    public void seated(ShardId shard, Generation generation) {}

    @Override
    public void unseated(ShardId shard, Generation generation) {}

    @Override
    public void follows(ShardId shard, Epoch epoch, @Nullable NodeId leader, List<Voter> voters) {}
}
