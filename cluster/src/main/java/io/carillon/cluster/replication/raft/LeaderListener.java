package io.carillon.cluster.replication.raft;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.Voter;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hears who leads the shards that this node has replicas of, and whether it has. Must not block;
 * called on the shard's loop unless it says otherwise.
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

    /**
     * A generation names this node, which has no replica of the shard: it is to be opened, to be
     * filled by the others. Called once for a generation. Any thread.
     */
    void seated(ShardId shard, Generation generation);

    /**
     * This node has no replica of the shard any more, and what it had is gone; its machine was told
     * to follow before. The machine is not called again.
     *
     * @param generation that has the shard now
     */
    void unseated(ShardId shard, Generation generation);
}
