package io.carillon.simulation;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.Voter;
import io.carillon.cluster.replication.raft.Generation;
import io.carillon.cluster.replication.raft.LeaderListener;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says who leads what. */
record LoggedLeaders(World world, SimNode node, LeaderListener to) implements LeaderListener {
    @Override
    public void leads(ShardId shard, Epoch epoch, List<Voter> voters, Set<NodeId> inSync) {
        Log.say(world, node + " leads " + shard + " in " + epoch);
        to.leads(shard, epoch, voters, inSync);
    }

    @Override
    public void follows(ShardId shard, Epoch epoch, @Nullable NodeId leader, List<Voter> voters) {
        to.follows(shard, epoch, leader, voters);
    }

    @Override
    public void seated(ShardId shard, Generation generation) {
        to.seated(shard, generation);
    }

    @Override
    public void unseated(ShardId shard, Generation generation) {
        to.unseated(shard, generation);
    }
}
