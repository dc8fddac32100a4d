package io.carillon.cluster.replication.raft;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.Voter;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hears who leads the shards that this node has replicas of. Called on the shard's loop; must not
 * block.
 */
public interface LeaderListener {

    /**
     * This node leads the shard, and its machine was told before; or it goes on to, and other
     * followers are in sync.
     *
     * @param voters of the generation, this node among them
     * @param inSync the followers that could take over without a pause
     */
    void leads(ShardId shard, Epoch epoch, List<Voter> voters, Set<NodeId> inSync);

    /**
     * This node has a replica and does not lead.
     *
     * @param leader as far as the replica knows, which may be late; null while it knows none
     */
    void follows(ShardId shard, Epoch epoch, @Nullable NodeId leader, List<Voter> voters);
}
