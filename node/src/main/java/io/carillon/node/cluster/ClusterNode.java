package io.carillon.node.cluster;

import io.carillon.cluster.Incarnation;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.link.grpc.GrpcLinks;
import io.carillon.cluster.link.grpc.LinkException;
import io.carillon.cluster.membership.ClusterMember;
import io.carillon.cluster.membership.JoinFailed;
import io.carillon.cluster.membership.LookupMap;
import io.carillon.cluster.membership.SharedMap;
import io.carillon.cluster.membership.SharedMapSettings;
import io.carillon.cluster.ownership.DrainReport;
import io.carillon.cluster.ownership.founding.StoredCharter;
import io.carillon.cluster.replication.LogStats;
import io.carillon.cluster.replication.ReplicatedLog;
import io.carillon.cluster.replication.SyncPolicy;
import io.carillon.cluster.replication.raft.RaftLog;
import io.carillon.config.CarillonConfig;
import io.carillon.delivery.Router;
import io.carillon.metrics.BrokerMetrics;
import io.carillon.metrics.MeterTable;
import io.carillon.net.MessageRouter;
import io.carillon.peers.publish.Dispatch;
import io.carillon.peers.route.Routes;
import io.carillon.record.ShardRecord;
import io.carillon.shard.Announcements;
import io.carillon.shard.Lane;
import io.carillon.shard.Publisher;
import io.carillon.shard.RetainedSource;
import io.carillon.shard.SessionOwner;
import io.carillon.shard.Shards;
import io.carillon.storage.Store;
import io.carillon.storage.StoreView;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node as one of several, as it is in production: a {@link ClusterCore} with links over gRPC, a
 * member of Hazelcast's and threads of their own. Its steps are those of the core; {@link #join}
 * finds the other nodes.
 */
public final class ClusterNode implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterNode.class);
    private static final long STEP_SECONDS_MAX = 30;

    private final ClusterSetup setup;
    private final Store store;
    private final RaftLog<ShardRecord> log;
    private final GrpcLinks links;
    private final ClusterCore core;
    private final Consumer<@Nullable String> readiness;
    private @Nullable ClusterMember member;

    private ClusterNode(
            ClusterSetup setup,
            Store store,
            RaftLog<ShardRecord> log,
            GrpcLinks links,
            ClusterCore core,
            Consumer<@Nullable String> readiness) {
        this.setup = setup;
        this.store = store;
        this.log = log;
        this.links = links;
        this.core = core;
        this.readiness = readiness;
    }

    /**
     * Opens the log and the links; nobody is met yet. Blocks on the disk and a socket.
     *
     * @param eventLoops how many lanes these have
     * @param readiness told why the node is not ready, or null when it is
     * @throws ClusterException if an address can't be bound, with the next step
     */
    public static ClusterNode open(
            CarillonConfig config,
            Store store,
            SyncPolicy sync,
            int eventLoops,
            Consumer<@Nullable String> readiness)
            throws ClusterException {
        NodeId self = new NodeId(config.node().name());
        SecureRandom random = new SecureRandom(); // a disk's number is drawn by it
        LooseEnds ends = new LooseEnds(self);
        RaftLog<ShardRecord> log =
                RaftLog.start(
                        self,
                        store,
                        ends.transport(),
                        ClusterSetup.raft(config, sync),
                        ends.leaders(),
                        random.nextLong());
        try {
            Incarnation incarnation = new Incarnation(log.disk(), log.start(), random.nextLong());
            ClusterSetup setup = new ClusterSetup(config, incarnation);
            GrpcLinks links =
                    GrpcLinks.start(
                            setup.peerBind(),
                            setup.tls(),
                            setup.identity(),
                            setup.links(),
                            ends.handler(),
                            ends.listener());
            ClusterCore core =
                    new ClusterCore(
                            setup.core(),
                            new CoreHost(
                                    store,
                                    links.loop(),
                                    InstantSource.system(),
                                    () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()),
                                    links.links(),
                                    log,
                                    ends),
                            eventLoops);
            core.requests(new RequestReader(setup.requests()));
            return new ClusterNode(setup, store, log, links, core, readiness);
        } catch (LinkException e) {
            log.close();
            throw new ClusterException(String.valueOf(e.getMessage()), e);
        }
    }

    public ReplicatedLog<ShardRecord> log() {
        return log;
    }

    public LogStats logStats() {
        return log.stats();
    }

    /** Adds where this node's numbers as one of several are read. */
    public void count(BrokerMetrics.Builder metrics) {
        core.figures().count(metrics);
    }

    /** The numbers of its links and replicas. */
    public List<MeterTable<?>> tables() {
        return core.figures().tables();
    }

    /** What the leader of a shard reads; on the shard's loop, once the shard is open. */
    public StoreView view(int shard) {
        return log.view(new ShardId(shard));
    }

    public Routes routes() {
        return core.routes();
    }

    /** What shards tell other nodes. */
    public Announcements announcements() {
        return core.announcements();
    }

    /** Retained messages, wherever their shards are led. */
    public RetainedSource retained(Supplier<Shards> all) {
        return core.retained(all);
    }

    /** Makes the ways of publications and sessions; see {@link ClusterCore#serve}. Blocks. */
    public Dispatch serve(
            Shards all, List<? extends Lane> eventLoops, Supplier<Publisher> publisher)
            throws ClusterException {
        return onLoop(() -> core.serve(all, eventLoops, publisher));
    }

    /** What shards publish goes through, to the router. */
    public Publisher publisher(Router router) {
        return core.publisher(router);
    }

    /** What connections publish goes through; from {@link #publisher} on. */
    public MessageRouter messages() {
        return core.messages();
    }

    /** The sessions of the cluster, while this node may serve. From {@link #serve} on. */
    public SessionOwner sessions() {
        return core.sessions();
    }

    /**
     * Finds the other nodes, and begins to serve once a majority is there; returns before that.
     * Blocks for some seconds.
     *
     * @param minority told when clients have to go, since the majority is lost
     * @throws ClusterException if the others refuse this node, or an address can't be bound
     */
    public void join(Consumer<String> minority) throws ClusterException {
        Farewell.check(
                setup.requests(),
                new StoredCharter(store, ClusterCore.SPACE).held(),
                setup.core().home().voter(),
                log);
        ClusterMember joining;
        try {
            joining =
                    ClusterMember.start(
                            setup.member(links.address().getPort()),
                            links.loop(),
                            InstantSource.system());
        } catch (JoinFailed e) {
            throw new ClusterException(String.valueOf(e.getMessage()), e);
        }
        member = joining;
        LookupMap pages = joining.lookupMap("wants", core::rewritePages);
        SharedMap said =
                joining.map("leaders", core.ownPart(), core.follower(), SharedMapSettings.DEFAULT);
        onLoop(
                () -> {
                    core.meet(
                            new Meeting(
                                    joining.members(),
                                    Lookup.SYSTEM,
                                    new LookupPages(pages),
                                    said::put,
                                    readiness,
                                    minority));
                    return this;
                });
    }

    /** Completes once this node serves for the first time, or fails with the reason why not. */
    public CompletableFuture<Void> joined() {
        return core.joined();
    }

    /** Completes if this node can't be of the cluster any more, with the reason. */
    public CompletableFuture<String> expelled() {
        return core.expelled();
    }

    /** Hands on what this node leads; see {@link ClusterCore#drain}. Blocks, at most 30 s. */
    public void drain() {
        try {
            DrainReport done =
                    CompletableFuture.supplyAsync(core::drain, links.loop())
                            .thenCompose(Function.identity())
                            .get(STEP_SECONDS_MAX, TimeUnit.SECONDS);
            LOG.info(
                    "{} shards were handed over in {} ms{}",
                    done.moved().size(),
                    done.millis(),
                    done.isComplete() ? "" : "; left: " + done.left());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.info("nothing was handed over: {}", e.toString());
        }
    }

    /** Leaves the cluster and closes links and log. Blocks. */
    @Override
    public void close() {
        ClusterMember leaving = member;
        if (leaving != null) {
            links.loop().execute(core::leave);
            leaving.leave();
        }
        log.close(); // its shards tell the routes that they are not led here any more
        links.close();
    }

    /** Does it on the cluster loop, and waits for it. */
    private <T> T onLoop(Supplier<T> task) throws ClusterException {
        try {
            return CompletableFuture.supplyAsync(task, links.loop())
                    .get(STEP_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted while the node joined its cluster", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new ClusterException("the node can't join its cluster: " + e.getCause(), e);
        }
    }
}
