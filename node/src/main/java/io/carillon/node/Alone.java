package io.carillon.node;

import io.carillon.cluster.replication.LocalLog;
import io.carillon.cluster.replication.LocalLogSettings;
import io.carillon.cluster.replication.LogStats;
import io.carillon.cluster.replication.ReplicatedLog;
import io.carillon.delivery.LocalWays;
import io.carillon.delivery.Router;
import io.carillon.delivery.Ways;
import io.carillon.metrics.BrokerMetrics;
import io.carillon.metrics.MeterTable;
import io.carillon.net.MessageRouter;
import io.carillon.net.RouteBarrier;
import io.carillon.record.ShardRecord;
import io.carillon.shard.Announcements;
import io.carillon.shard.Lane;
import io.carillon.shard.Publisher;
import io.carillon.shard.RetainedSource;
import io.carillon.shard.SessionOwner;
import io.carillon.shard.Shards;
import io.carillon.storage.Store;
import io.carillon.storage.StoreView;
import io.carillon.topic.TopicTrie;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A node without others: it leads all shards, and its disk is all there is. */
final class Alone implements Ground {
    private final Store store;
    private final LocalLog<ShardRecord> log;
    private final TopicTrie trie = new TopicTrie();

    Alone(Store store, LocalLogSettings settings) {
        this.store = store;
        this.log = LocalLog.start(store, settings);
    }

    @Override
    public ReplicatedLog<ShardRecord> log() {
        return log;
    }

    @Override
    public LogStats logStats() {
        return log.stats();
    }

    @Override
    public StoreView view(int shard) {
        return store;
    }

    @Override
    public TopicTrie trie() {
        return trie;
    }

    @Override
    public void count(BrokerMetrics.Builder metrics) {}

    @Override
    public List<MeterTable<?>> tables() {
        return List.of();
    }

    @Override
    public Announcements announcements() {
        return Announcements.NONE;
    }

    @Override
    public RouteBarrier routes() {
        return RouteBarrier.ALONE;
    }

    @Override
    public @Nullable RetainedSource retained(Supplier<Shards> shards) {
        return null;
    }

    @Override
    public List<? extends Lane> lanes(List<? extends Lane> eventLoops) {
        return eventLoops;
    }

    @Override
    public Ways ways(
            Shards shards, List<? extends Lane> eventLoops, Supplier<Publisher> publisher) {
        return new LocalWays(eventLoops.size(), shards);
    }

    @Override
    public Publisher publisher(Router router) {
        return router;
    }

    @Override
    public MessageRouter messages(Router router) {
        return new RouterPort(router);
    }

    @Override
    public SessionOwner sessions(Shards shards) {
        return new ShardSessions(shards);
    }

    @Override
    public long reattachMillis() {
        return 0;
    }

    @Override
    public void open(Shards shards) {
        try {
            shards.open().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
        shards.begin();
    }

    @Override
    public void join(Consumer<String> minority) {}

    @Override
    public CompletableFuture<Void> serving() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<String> over() {
        return new CompletableFuture<>();
    }

    @Override
    public void drain() {}

    @Override
    public void close() {
        log.close();
    }
}
