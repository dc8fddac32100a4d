package io.carillon.node;

import io.carillon.cluster.replication.LogStats;
import io.carillon.cluster.replication.ReplicatedLog;
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
import io.carillon.storage.StoreView;
import io.carillon.topic.TopicTrie;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a node stands on: itself alone, or the cluster that it is part of. */
sealed interface Ground extends AutoCloseable permits Alone, InCluster {
    /** Makes records durable; started. */
    ReplicatedLog<ShardRecord> log();

    LogStats logStats();

    /** Adds where the cluster's numbers are read. */
    void count(BrokerMetrics.Builder metrics);

    /** The cluster's numbers of which there are several. */
    List<MeterTable<?>> tables();

    /** What the leader of a shard reads; on the shard's loop. */
    StoreView view(int shard);

    TopicTrie trie();

    Announcements announcements();

    /** What SUBACKs of transient sessions wait for. */
    RouteBarrier routes();

    /** The retained messages of all shards, or null if this node leads all. */
    @Nullable RetainedSource retained(Supplier<Shards> shards);

    /** The retained messages of all shards, of which this node's are given. */
    default RetainedSource retainedOr(Shards shards) {
        RetainedSource elsewhere = retained(() -> shards);
        return elsewhere == null ? shards : elsewhere;
    }

    /** The event loops, as publications go to them. */
    List<? extends Lane> lanes(List<? extends Lane> eventLoops);

    /**
     * The ways of publications that leave their event loop.
     *
     * @param eventLoops those of {@link #lanes}
     * @param publisher the router; asked for later
     */
    Ways ways(Shards shards, List<? extends Lane> eventLoops, Supplier<Publisher> publisher)
            throws StartException;

    /** What shards publish goes through, to the router. Once. */
    Publisher publisher(Router router);

    /** What connections publish goes through, to the router; after {@link #publisher}. */
    MessageRouter messages(Router router);

    /** The sessions as connections find them; after {@link #ways}. */
    SessionOwner sessions(Shards shards);

    /** How long a new leader waits for connections of the last one to announce themselves. */
    long reattachMillis();

    /** Opens the shards, now or when the cluster lets them; after {@link #ways}. */
    void open(Shards shards) throws StartException;

    /**
     * Meets the other nodes.
     *
     * @param minority told, perhaps again and again, when clients have to go, and why
     */
    void join(Consumer<String> minority) throws StartException;

    /** Completes once clients are served, or fails with the reason why they won't be. */
    CompletableFuture<Void> serving();

    /** Completes with a reason if the node has to stop. */
    CompletableFuture<String> over();

    /** Hands on what the node leads. Blocks. */
    void drain();

    @Override
    void close();
}
