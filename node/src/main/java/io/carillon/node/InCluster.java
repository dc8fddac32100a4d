package io.carillon.node;

import io.carillon.cluster.replication.LogStats;
import io.carillon.cluster.replication.ReplicatedLog;
import io.carillon.delivery.Router;
import io.carillon.delivery.Ways;
import io.carillon.metrics.BrokerMetrics;
import io.carillon.metrics.MeterTable;
import io.carillon.net.MessageRouter;
import io.carillon.net.RouteBarrier;
import io.carillon.node.cluster.ClusterException;
import io.carillon.node.cluster.ClusterNode;
import io.carillon.peers.publish.OnceLane;
import io.carillon.record.ShardRecord;
import io.carillon.shard.Announcements;
import io.carillon.shard.Lane;
import io.carillon.shard.Publisher;
import io.carillon.shard.RetainedSource;
import io.carillon.shard.SessionOwner;
import io.carillon.shard.Shards;
import io.carillon.storage.StoreView;
import io.carillon.topic.TopicTrie;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A node of a cluster: shards have leaders, wherever they are. */
record InCluster(ClusterNode node) implements Ground {
    private static final long REATTACH_MILLIS = 5_000;

    @Override
    public ReplicatedLog<ShardRecord> log() {
        return node.log();
    }

    @Override
    public LogStats logStats() {
        return node.logStats();
    }

    @Override
    public void count(BrokerMetrics.Builder metrics) {
        node.count(metrics);
    }

    @Override
    public List<MeterTable<?>> tables() {
        return node.tables();
    }

    @Override
    public StoreView view(int shard) {
        return node.view(shard);
    }

    @Override
    public TopicTrie trie() {
        return node.routes().trie();
    }

    @Override
    public Announcements announcements() {
        return node.announcements();
    }

    @Override
    public RouteBarrier routes() {
        return node.routes()::await;
    }

    @Override
    public RetainedSource retained(Supplier<Shards> shards) {
        return node.retained(shards);
    }

    @Override
    public List<? extends Lane> lanes(List<? extends Lane> eventLoops) {
        return eventLoops.stream().map(OnceLane::new).toList();
    }

    @Override
    public Ways ways(Shards shards, List<? extends Lane> eventLoops, Supplier<Publisher> publisher)
            throws StartException {
        try {
            return node.serve(shards, eventLoops, publisher);
        } catch (ClusterException e) {
            throw new StartException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Publisher publisher(Router router) {
        return node.publisher(router);
    }

    @Override
    public MessageRouter messages(Router router) {
        return node.messages();
    }

    @Override
    public SessionOwner sessions(Shards shards) {
        return node.sessions();
    }

    @Override
    public long reattachMillis() {
        return REATTACH_MILLIS;
    }

    /** The cluster opens those that this node has replicas of, once it is founded. */
    @Override
    public void open(Shards shards) {}

    @Override
    public void join(Consumer<String> minority) throws StartException {
        try {
            node.join(minority);
        } catch (ClusterException e) {
            throw new StartException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public CompletableFuture<Void> serving() {
        return node.joined();
    }

    @Override
    public CompletableFuture<String> over() {
        return node.expelled();
    }

    @Override
    public void drain() {
        node.drain();
    }

    @Override
    public void close() {
        node.close();
    }
}
