package io.carillon.node.cluster;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.Voter;
import io.carillon.cluster.ownership.Herald;
import io.carillon.cluster.replication.raft.LeaderListener;
import io.carillon.loop.Loop;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Carries what this node's replicas know of their leaders from the shards' loops to the herald. */
final class Replicas implements LeaderListener {
    private @Nullable Loop loop;
    private @Nullable Herald herald;

    /** Before any shard is opened. */
    void tell(Loop clusterLoop, Herald to) {
        loop = clusterLoop;
        herald = to;
    }

    @Override
    public void leads(ShardId shard, Epoch epoch, List<Voter> voters, Set<NodeId> inSync) {
        Loop to = loop;
        Herald crier = herald;
        if (to != null && crier != null) {
            to.execute(() -> crier.leads(shard, epoch, voters, inSync));
        }
    }

    @Override
    public void follows(ShardId shard, Epoch epoch, @Nullable NodeId leader, List<Voter> voters) {
        Loop to = loop;
        Herald crier = herald;
        if (to != null && crier != null) {
            to.execute(() -> crier.follows(shard, epoch, leader, voters));
        }
    }
}
