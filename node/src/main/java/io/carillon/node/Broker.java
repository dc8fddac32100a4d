package io.carillon.node;

import io.carillon.auth.Access;
import io.carillon.auth.AnonymousAuthenticator;
import io.carillon.auth.Authorizer;
import io.carillon.cluster.replication.LocalLog;
import io.carillon.cluster.replication.LocalLogSettings;
import io.carillon.cluster.replication.raft.RaftLog;
import io.carillon.config.CarillonConfig;
import io.carillon.config.ListenerConfig;
import io.carillon.delivery.Router;
import io.carillon.delivery.Ways;
import io.carillon.loop.AnyThread;
import io.carillon.metrics.BrokerMetrics;
import io.carillon.metrics.Metric;
import io.carillon.metrics.Readiness;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.net.ConnectionFactory;
import io.carillon.net.ListenerInfo;
import io.carillon.net.lane.IoLanes;
import io.carillon.net.listen.BoundListener;
import io.carillon.net.listen.ClientCertificate;
import io.carillon.net.listen.IoLoops;
import io.carillon.net.listen.ListenCounts;
import io.carillon.net.listen.ListenException;
import io.carillon.net.listen.Listeners;
import io.carillon.node.cluster.ClusterCore;
import io.carillon.node.cluster.ClusterException;
import io.carillon.node.cluster.ClusterNode;
import io.carillon.shard.Lane;
import io.carillon.shard.Publisher;
import io.carillon.shard.ShardMetrics;
import io.carillon.shard.Shards;
import io.carillon.shard.Spaces;
import io.carillon.storage.Space;
import io.carillon.storage.Store;
import io.carillon.storage.rocks.RocksStore;
import io.carillon.topic.TopicTrie;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running node. It is wired here by hand: parts start in the order of reading and close in the
 * opposite one.
 */
@AnyThread
public final class Broker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Broker.class);

    /** What may wait for one event loop from other loops until publishers pause. */
    private static final long LANE_BYTES_MAX = 16L << 20;

    /** How many clients are told to go at once when the majority is lost. */
    private static final int SENT_AWAY_MAX = 1_000;

    private final CarillonConfig config;
    private final Parts parts = new Parts();
    private final Listeners listeners;
    private Optional<InetSocketAddress> httpAddress = Optional.empty();
    private CompletableFuture<Void> serving = new CompletableFuture<>();
    private CompletableFuture<String> over = new CompletableFuture<>();

    private Broker(CarillonConfig config, LongSupplier logLinesLost) throws StartException {
        this.config = config;
        try {
            this.listeners = wire(logLinesLost);
        } catch (ListenException e) {
            parts.close();
            throw new StartException(Objects.toString(e.getMessage()));
        } catch (StartException | RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    /**
     * Starts a node; on return its listeners accept. Blocks on disk and sockets.
     *
     * @throws StartException if it cannot start, with the cause and the next step
     * @throws io.carillon.storage.StorageException if its data cannot be used, likewise
     */
    public static Broker start(CarillonConfig config) throws StartException {
        return start(config, () -> 0);
    }

    /**
     * The same, in a process with a log of its own.
     *
     * @param logLinesLost how many lines the log has left out
     */
    static Broker start(CarillonConfig config, LongSupplier logLinesLost) throws StartException {
        config.warnings().forEach(warning -> LOG.warn("{}", warning));
        return new Broker(config, logLinesLost);
    }

    private Listeners wire(LongSupplier logLinesLost) throws ListenException, StartException {
        // What is durable.
        Store store =
                parts.add(
                        "store",
                        RocksStore.open(
                                config.node().dataDir(), spaces(), Limits.store(config.storage())));
        int shardCount = config.cluster().shards();
        NodeRecord.check(store, shardCount);
        int cores = Runtime.getRuntime().availableProcessors();
        ShardLoops shardLoops =
                parts.add("shard loops", new ShardLoops(Math.min(cores, shardCount)));
        int eventLoops = config.node().eventLoops() == 0 ? cores : config.node().eventLoops();
        Readiness readiness = new Readiness();
        Ground ground = parts.add("ground", ground(store, eventLoops, readiness));
        LOG.info("{}", Durability.promise(config.storage().fsync()));
        parts.add("shards", shardLoops::settle);

        // Who gets what.
        IoLoops ioLoops = parts.add("event loops", IoLoops.start(eventLoops));
        LOG.info("{} event loops by {}", eventLoops, ioLoops.transport());
        IoLanes lanes = IoLanes.of(ioLoops.group(), LANE_BYTES_MAX);
        TopicTrie trie = ground.trie();
        AtomicReference<Publisher> publisher = new AtomicReference<>();
        ShardMetrics shardMetrics = new ShardMetrics();
        AtomicReference<Shards> all = new AtomicReference<>();
        Shards shards =
                Shards.of(
                        shardCount,
                        shardLoops.all(),
                        lanes.lanes().size(),
                        ground.log(),
                        ground::view,
                        trie,
                        ground.announcements(),
                        publisher::get,
                        ground.retained(all::get),
                        InstantSource.system(),
                        Limits.shards(config.mqtt(), ground.reattachMillis()),
                        shardMetrics);
        all.set(shards);
        List<? extends Lane> eventLoopLanes = ground.lanes(lanes.lanes());
        Ways ways = ground.ways(shards, eventLoopLanes, publisher::get);
        Router router = new Router(trie, eventLoopLanes, ways);
        publisher.set(ground.publisher(router));
        ground.open(shards);
        parts.add(
                "disk guard",
                DiskGuard.start(
                        config.node().dataDir(),
                        config.storage().diskFreeBytesMin(),
                        shards,
                        ioLoops.group()));

        // Connections, as listeners will make them.
        SysPublisher sys = new SysPublisher();
        ConnectionFactory connections =
                new ConnectionFactory(
                        new io.carillon.net.Broker(
                                Limits.clients(config.mqtt()),
                                Limits.packets(config.mqtt()),
                                lanes,
                                trie,
                                ground.messages(router),
                                ground.sessions(shards),
                                ground.routes(),
                                List.of(ground.retainedOr(shards), sys),
                                access(),
                                InstantSource.system()));

        // What the node tells about itself.
        ListenCounts listenCounts = new ListenCounts();
        BrokerMetrics metrics =
                Counters.of(
                                lanes,
                                connections,
                                listenCounts,
                                shardMetrics,
                                trie,
                                ground,
                                shardLoops)
                        .read(Metric.LOG_LINES_LOST, logLinesLost)
                        .build();
        Telemetry telemetry =
                parts.add(
                        "telemetry",
                        Telemetry.start(config, metrics, readiness, store, ioLoops.group())
                                .show(ground.tables()));
        httpAddress = telemetry.address();
        if (config.sys().enabled()) {
            long intervalMillis = config.sys().intervalMillis();
            parts.add("$SYS", sys.start(metrics, router, ioLoops.group(), intervalMillis));
        }

        // Clients.
        long timeoutMillis = config.node().shutdownTimeoutMillis();
        parts.add("connections", new Departure(connections, ioLoops.group(), timeoutMillis));
        parts.add("leaderships", ground::drain);
        Map<String, ListenerInfo> infos =
                config.listeners().values().stream()
                        .collect(Collectors.toMap(ListenerConfig::name, Broker::info));
        Listeners open =
                parts.add(
                        "listeners",
                        Listeners.open(
                                config.listeners().values(),
                                Limits.listeners(config.mqtt()),
                                ioLoops,
                                (listener, _) ->
                                        connections.newConnection(
                                                Objects.requireNonNull(infos.get(listener.name()))),
                                listenCounts));
        parts.add("readiness", telemetry.ready(open));
        ground.join(
                reason -> connections.close(SENT_AWAY_MAX, ReasonCode.USE_ANOTHER_SERVER, reason));
        serving = ground.serving();
        over = ground.over();
        return open;
    }

    /** Where a listener accepts; with the port that the system chose if none was given. */
    public InetSocketAddress address(String listenerName) {
        return listeners.bound().stream()
                .filter(bound -> bound.name().equals(listenerName))
                .findFirst()
                .map(BoundListener::address)
                .orElseThrow(() -> new IllegalArgumentException("no listener " + listenerName));
    }

    /** Where metrics and health are served, if they are. */
    public Optional<InetSocketAddress> httpAddress() {
        return httpAddress;
    }

    /**
     * Completes once clients are served: at once, or when the cluster is there; or fails with the
     * reason why they won't be.
     */
    public CompletableFuture<Void> serving() {
        return serving;
    }

    /** Completes with a reason if the node has to stop, since the cluster does without it. */
    public CompletableFuture<String> over() {
        return over;
    }

    /** What is open where, and what an acknowledgement promises; for the ready line. */
    public String summary() {
        return Stream.concat(
                                listeners.bound().stream().map(BoundListener::toString),
                                httpAddress.stream()
                                        .map(BoundListener::hostAndPort)
                                        .map("http "::concat))
                        .collect(Collectors.joining(", "))
                + "; "
                + Durability.brief(config.storage().fsync());
    }

    /**
     * Stops accepting, sends the clients away, makes durable what is under way and closes the
     * store. Blocks; a second call finds nothing to do.
     */
    @Override
    public synchronized void close() {
        parts.close();
    }

    private Access access() {
        return new Access(
                new AnonymousAuthenticator(config.auth().allowAnonymous()),
                List.of(),
                Authorizer.ALLOW_ALL);
    }

    private Ground ground(Store store, int eventLoops, Readiness readiness) throws StartException {
        LocalLogSettings settings = Limits.log(config.storage().fsync());
        if (!config.cluster().enabled()) {
            return new Alone(store, settings);
        }
        tell(readiness, "this node has not joined its cluster yet");
        try {
            return new InCluster(
                    ClusterNode.open(
                            config,
                            store,
                            settings.sync(),
                            eventLoops,
                            reason -> tell(readiness, reason)));
        } catch (ClusterException e) {
            throw new StartException(String.valueOf(e.getMessage()));
        }
    }

    private static void tell(Readiness readiness, @Nullable String reason) {
        if (reason == null) {
            readiness.ready("cluster");
        } else {
            readiness.notReady("cluster", reason);
        }
    }

    /** All that a node has in its store. */
    static List<Space> spaces() {
        List<Space> spaces = new ArrayList<>(Spaces.all());
        spaces.add(LocalLog.SPACE);
        spaces.add(RaftLog.SPACE);
        spaces.add(ClusterCore.SPACE);
        spaces.add(NodeRecord.SPACE);
        return spaces;
    }

    private static ListenerInfo info(ListenerConfig listener) {
        ListenerInfo.Transport transport =
                switch (listener.type()) {
                    case MQTT -> ListenerInfo.Transport.TCP;
                    case MQTTS -> ListenerInfo.Transport.TLS;
                    case WS -> ListenerInfo.Transport.WEBSOCKET;
                    case WSS -> ListenerInfo.Transport.SECURE_WEBSOCKET;
                };
        return new ListenerInfo(listener.name(), transport, ClientCertificate::of);
    }
}
