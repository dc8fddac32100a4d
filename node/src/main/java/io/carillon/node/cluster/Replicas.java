package io.carillon.node.cluster;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.Voter;
import io.carillon.cluster.ownership.Herald;
import io.carillon.cluster.replication.raft.Generation;
import io.carillon.cluster.replication.raft.LeaderListener;
import io.carillon.loop.Loop;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries what this node's replicas know of their leaders from the shards' loops to the herald. */
final class Replicas implements LeaderListener {
    private static final Logger LOG = LoggerFactory.getLogger(Replicas.class);

    private final LongAdder electionsWon = new LongAdder();
    private final Map<ShardId, Epoch> lastLed = new ConcurrentHashMap<>();
    private @Nullable Loop loop;
    private @Nullable Herald herald;
    private BiConsumer<ShardId, Generation> seat = (_, _) -> {};

    /** Before any shard is opened. */
    void tell(Loop clusterLoop, Herald to) {
        loop = clusterLoop;
        herald = to;
    }

    /** Who opens replicas that this node is to have from now on. On the cluster loop. */
    void onSeat(BiConsumer<ShardId, Generation> opens) {
        seat = opens;
    }

    /** Times that a replica of this node became the leader of its shard. Any thread. */
    long electionsWon() {
        return electionsWon.sum();
    }

    @Override
    public void leads(ShardId shard, Epoch epoch, List<Voter> voters, Set<NodeId> inSync) {
        if (!epoch.equals(lastLed.put(shard, epoch))) {
            electionsWon.increment();
        }
        tell(crier -> crier.leads(shard, epoch, voters, inSync));
    }

    @Override
    public void follows(ShardId shard, Epoch epoch, @Nullable NodeId leader, List<Voter> voters) {
        tell(crier -> crier.follows(shard, epoch, leader, voters));
    }

    @Override
    public void seated(ShardId shard, Generation generation) {
        tell(_ -> seat.accept(shard, generation));
    }

    @Override
    public void unseated(ShardId shard, Generation generation) {
        LOG.info("{} has no replica here any more: it belongs to {}", shard, generation.voters());
    }

    private void tell(Consumer<Herald> news) {
        Loop to = loop;
        Herald crier = herald;
        if (to != null && crier != null) {
            to.offer(() -> news.accept(crier)); // dropped where the links have stopped
        }
    }
}
