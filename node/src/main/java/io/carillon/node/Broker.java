package io.carillon.node;

import io.carillon.auth.Access;
import io.carillon.auth.AnonymousAuthenticator;
import io.carillon.auth.Authorizer;
import io.carillon.cluster.replication.LocalLog;
import io.carillon.config.CarillonConfig;
import io.carillon.config.ListenerConfig;
import io.carillon.delivery.LocalWays;
import io.carillon.delivery.Router;
import io.carillon.loop.AnyThread;
import io.carillon.metrics.BrokerMetrics;
import io.carillon.metrics.Metric;
import io.carillon.net.ConnectionFactory;
import io.carillon.net.ListenerInfo;
import io.carillon.net.RouteBarrier;
import io.carillon.net.lane.IoLanes;
import io.carillon.net.listen.BoundListener;
import io.carillon.net.listen.ClientCertificate;
import io.carillon.net.listen.IoLoops;
import io.carillon.net.listen.ListenCounts;
import io.carillon.net.listen.ListenException;
import io.carillon.net.listen.Listeners;
import io.carillon.record.ShardRecord;
import io.carillon.shard.Announcements;
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
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    private final CarillonConfig config;
    private final Parts parts = new Parts();
    private final Listeners listeners;
    private Optional<InetSocketAddress> httpAddress = Optional.empty();

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
        LocalLog<ShardRecord> log =
                parts.add("log", LocalLog.start(store, Limits.log(config.storage().fsync())));
        LOG.info("{}", Durability.promise(config.storage().fsync()));
        parts.add("shards", shardLoops::settle);

        // Who gets what.
        int eventLoops = config.node().eventLoops() == 0 ? cores : config.node().eventLoops();
        IoLoops ioLoops = parts.add("event loops", IoLoops.start(eventLoops));
        LOG.info("{} event loops by {}", eventLoops, ioLoops.transport());
        IoLanes lanes = IoLanes.of(ioLoops.group(), LANE_BYTES_MAX);
        TopicTrie trie = new TopicTrie();
        AtomicReference<Publisher> publisher = new AtomicReference<>();
        ShardMetrics shardMetrics = new ShardMetrics();
        Shards shards =
                Shards.of(
                        shardCount,
                        shardLoops.all(),
                        lanes.lanes().size(),
                        log,
                        _ -> store,
                        trie,
                        Announcements.NONE,
                        publisher::get,
                        null,
                        InstantSource.system(),
                        Limits.shards(config.mqtt()),
                        shardMetrics);
        await(shards.open());
        Router router =
                new Router(trie, lanes.lanes(), new LocalWays(lanes.lanes().size(), shards));
        publisher.set(router);
        shards.begin();
        parts.add(
                "disk guard",
                DiskGuard.start(
                        config.node().dataDir(),
                        config.storage().diskFreeBytesMin(),
                        shards,
                        ioLoops.group()));

        // Connections, as listeners will make them.
        ShardPorts ports = new ShardPorts(shards, router);
        SysPublisher sys = new SysPublisher();
        ConnectionFactory connections =
                new ConnectionFactory(
                        new io.carillon.net.Broker(
                                Limits.clients(config.mqtt()),
                                Limits.packets(config.mqtt()),
                                lanes,
                                trie,
                                ports,
                                ports,
                                RouteBarrier.ALONE,
                                List.of(shards, sys),
                                access(),
                                InstantSource.system()));

        // What the node tells about itself.
        ListenCounts listenCounts = new ListenCounts();
        BrokerMetrics metrics =
                Counters.of(lanes, connections, listenCounts, shardMetrics, trie, log, shardLoops)
                        .read(Metric.LOG_LINES_LOST, logLinesLost)
                        .build();
        Telemetry telemetry =
                parts.add("telemetry", Telemetry.start(config, metrics, store, ioLoops.group()));
        httpAddress = telemetry.address();
        if (config.sys().enabled()) {
            long intervalMillis = config.sys().intervalMillis();
            parts.add("$SYS", sys.start(metrics, router, ioLoops.group(), intervalMillis));
        }

        // Clients.
        long timeoutMillis = config.node().shutdownTimeoutMillis();
        parts.add("connections", new Departure(connections, ioLoops.group(), timeoutMillis));
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

    private static void await(CompletableFuture<Void> opened) {
        try {
            opened.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static List<Space> spaces() {
        List<Space> spaces = new ArrayList<>(Spaces.all());
        spaces.add(LocalLog.SPACE);
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
