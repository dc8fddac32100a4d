package io.carillon.node.cluster;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.Incarnation;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.Voter;
import io.carillon.cluster.interest.Interest;
import io.carillon.cluster.interest.InterestSettings;
import io.carillon.cluster.link.Delivery;
import io.carillon.cluster.link.Message;
import io.carillon.cluster.link.grpc.GrpcLinks;
import io.carillon.cluster.link.grpc.LinkException;
import io.carillon.cluster.membership.ClusterMember;
import io.carillon.cluster.membership.JoinFailed;
import io.carillon.cluster.membership.LookupMap;
import io.carillon.cluster.membership.SharedMap;
import io.carillon.cluster.membership.SharedMapSettings;
import io.carillon.cluster.ownership.BalanceRounds;
import io.carillon.cluster.ownership.Drain;
import io.carillon.cluster.ownership.DrainReport;
import io.carillon.cluster.ownership.Herald;
import io.carillon.cluster.ownership.Home;
import io.carillon.cluster.ownership.LeaderBalance;
import io.carillon.cluster.ownership.LeaderBalanceSettings;
import io.carillon.cluster.ownership.Leaders;
import io.carillon.cluster.ownership.OwnershipBytes;
import io.carillon.cluster.ownership.Transfers;
import io.carillon.cluster.ownership.founding.Charter;
import io.carillon.cluster.ownership.founding.Founding;
import io.carillon.cluster.ownership.founding.FoundingBytes;
import io.carillon.cluster.ownership.founding.FoundingRounds;
import io.carillon.cluster.ownership.founding.StoredCharter;
import io.carillon.cluster.replication.LogStats;
import io.carillon.cluster.replication.ReplicatedLog;
import io.carillon.cluster.replication.SyncPolicy;
import io.carillon.cluster.replication.raft.Generation;
import io.carillon.cluster.replication.raft.RaftLog;
import io.carillon.config.CarillonConfig;
import io.carillon.loop.Loop;
import io.carillon.peers.PeerCodec;
import io.carillon.peers.PeerMessage;
import io.carillon.peers.SessionMessage;
import io.carillon.peers.UnreadableMessage;
import io.carillon.peers.publish.Dispatch;
import io.carillon.peers.publish.Reception;
import io.carillon.peers.retained.RetainedAnswers;
import io.carillon.peers.retained.RetainedElsewhere;
import io.carillon.peers.route.Routes;
import io.carillon.peers.session.ClusterSessions;
import io.carillon.record.ShardRecord;
import io.carillon.shard.Lane;
import io.carillon.shard.Publisher;
import io.carillon.shard.RetainedSource;
import io.carillon.shard.SessionOwner;
import io.carillon.shard.Shards;
import io.carillon.storage.Space;
import io.carillon.storage.Store;
import io.carillon.storage.StoreView;
import io.carillon.topic.Lanes;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node as one of several. It is made in three steps, since parts need each other: {@link #open}
 * has the log and the links, {@link #serve} has what clients' messages and sessions go through, and
 * {@link #join} finds the other nodes.
 */
public final class ClusterNode implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterNode.class);
    private static final long LOOK_MILLIS = 100;
    private static final long LEADERLESS_MILLIS = 2_000;
    private static final long CONGESTED_BYTES = 8L << 20;
    private static final long UNANSWERED_BYTES_MAX = 64L << 20;
    private static final long STEP_SECONDS_MAX = 30;

    /** The space of the store that is the cluster's own; the log has another. */
    public static final Space SPACE = new Space("cluster");

    private final ClusterSetup setup;
    private final Store store;
    private final Lanes lanes;
    private final Post post;
    private final Switchboard switchboard;
    private final RaftLog<ShardRecord> log;
    private final Replicas replicas;
    private final GrpcLinks links;
    private final Loop loop;
    private final Routes routes;
    private final Herald herald;
    private final OwnershipMap ownerships;
    private final Leaders leaders;
    private final LeaderBook book;
    private final CompletableFuture<Void> joined = new CompletableFuture<>();
    private final CompletableFuture<String> expelled = new CompletableFuture<>();
    private final Consumer<@Nullable String> readiness;

    // From serve on.
    private @Nullable Shards shards;
    private @Nullable Dispatch dispatch;
    private @Nullable ClusterSessions sessions;
    private @Nullable Serving serving;

    // From join on.
    private @Nullable ClusterMember member;
    private @Nullable Neighbours neighbours;
    private @Nullable Interest interest;
    private @Nullable BalanceRounds balance;
    private @Nullable String waitsFor = "";
    private long ledAtMillis;
    private long minoritySinceMillis;
    private boolean stopping;

    private ClusterNode(
            ClusterSetup setup,
            Store store,
            int eventLoops,
            Post post,
            Switchboard switchboard,
            Replicas replicas,
            RaftLog<ShardRecord> log,
            GrpcLinks links,
            Consumer<@Nullable String> readiness) {
        this.setup = setup;
        this.store = store;
        this.lanes = new Lanes(eventLoops, setup.shards());
        this.post = post;
        this.switchboard = switchboard;
        this.log = log;
        this.replicas = replicas;
        this.links = links;
        this.loop = links.loop();
        this.readiness = readiness;
        this.routes = new Routes(setup.self(), lanes, loop);
        this.leaders = new Leaders(loop, setup.shards());
        this.book = new LeaderBook(leaders, setup.shards());
        this.ownerships =
                new OwnershipMap(
                        loop,
                        said ->
                                post.tellAll(
                                        Delivery.KEPT, Kind.LEADERS, OwnershipBytes.encode(said)));
        this.herald = new Herald(setup.self(), leaders, ownerships, loop);
        post.over(links.links(), loop);
        replicas.tell(loop, herald);
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
        SplittableRandom random = new SplittableRandom();
        Post post = new Post(self);
        Switchboard switchboard = new Switchboard();
        Replicas replicas = new Replicas();
        RaftLog<ShardRecord> log =
                RaftLog.start(
                        self,
                        store,
                        post,
                        ClusterSetup.raft(config, sync),
                        replicas,
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
                            switchboard,
                            switchboard);
            return new ClusterNode(
                    setup, store, eventLoops, post, switchboard, replicas, log, links, readiness);
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

    /** What the leader of a shard reads; on the shard's loop, once the shard is open. */
    public StoreView view(int shard) {
        return log.view(new ShardId(shard));
    }

    public Routes routes() {
        return routes;
    }

    /** Retained messages, wherever their shards are led. */
    public RetainedSource retained(Supplier<Shards> all) {
        return new RetainedElsewhere(loop, all, post, book);
    }

    /**
     * Makes the ways of publications and sessions.
     *
     * @param publisher the router; asked for later
     * @param eventLoops the first lanes of the trie
     */
    public Dispatch serve(
            Shards all, List<? extends Lane> eventLoops, Supplier<Publisher> publisher)
            throws ClusterException {
        shards = all;
        long source =
                Long.MIN_VALUE | (setup.incarnation().random() * 31 + setup.incarnation().boot());
        return onLoop(
                () -> {
                    Dispatch ways =
                            new Dispatch(
                                    loop,
                                    lanes,
                                    routes.trie(),
                                    all,
                                    post,
                                    book,
                                    publisher,
                                    new Dispatch.Settings(
                                            CONGESTED_BYTES, UNANSWERED_BYTES_MAX, source));
                    Reception reception =
                            new Reception(
                                    loop,
                                    lanes,
                                    routes.trie(),
                                    eventLoops,
                                    all,
                                    post,
                                    book,
                                    publisher);
                    ClusterSessions ties =
                            new ClusterSessions(post, book, all, loop, setup.connectMillis());
                    RetainedAnswers answers = new RetainedAnswers(loop, all, post, book);
                    dispatch = ways;
                    sessions = ties;
                    serving = new Serving(ties, ways);
                    switchboard.on(Kind.LOG, this::logFrame);
                    switchboard.on(
                            Kind.TRAFFIC, (from, body) -> take(from, body, ways, reception, ties));
                    switchboard.onQuestion((_, asked) -> answer(asked, answers));
                    return ways;
                });
    }

    /** The sessions of the cluster, while this node may serve. From {@link #serve} on. */
    public SessionOwner sessions() {
        return Objects.requireNonNull(serving);
    }

    /**
     * Finds the other nodes, and begins to serve once a majority is there; returns before that.
     * Blocks for some seconds.
     *
     * @param minority run when clients have to go, since the majority is lost; with the reason
     * @throws ClusterException if the others refuse this node, or an address can't be bound
     */
    public void join(Consumer<String> minority) throws ClusterException {
        ClusterMember joining;
        try {
            joining =
                    ClusterMember.start(
                            setup.member(links.address().getPort()), loop, InstantSource.system());
        } catch (JoinFailed e) {
            throw new ClusterException(String.valueOf(e.getMessage()), e);
        }
        member = joining;
        LookupMap pages = joining.lookupMap("wants", this::rewritePages);
        SharedMap said = joining.map("leaders", ownerships, ownerships, SharedMapSettings.DEFAULT);
        onLoop(
                () -> {
                    ownerships.into(said::put);
                    meet(joining, pages, minority);
                    return this;
                });
    }

    /** Completes once this node serves for the first time, or fails with the reason why not. */
    public CompletableFuture<Void> joined() {
        return joined;
    }

    /** Completes if this node can't be of the cluster any more, with the reason. */
    public CompletableFuture<String> expelled() {
        return expelled;
    }

    private void meet(ClusterMember joining, LookupMap pages, Consumer<String> minority) {
        Interest wants =
                routes.start(
                        new Epoch(System.currentTimeMillis(), 1),
                        post,
                        new LookupPages(pages),
                        InterestSettings.of(setup.secret()));
        interest = wants;
        switchboard.on(Kind.ROUTES, wants::received);
        switchboard.onUp(wants::peerUp);
        switchboard.onUp(_ -> ownerships.repeat());
        switchboard.onDown(wants::peerDown);
        switchboard.on(
                Kind.LEADERS, (_, body) -> ownerships.heard(OwnershipBytes.decode(copy(body))));
        herald.start();
        Neighbours others =
                new Neighbours(loop, joining.members(), links.links(), this::gone, this::expelled);
        neighbours = others;
        Home home = new Home(new Voter(setup.self(), log.disk()), setup.zone());
        FoundingRounds rounds =
                new FoundingRounds(
                        new Founding(setup.founding(), home, new StoredCharter(store, SPACE)),
                        loop,
                        standing ->
                                post.tellAll(
                                        Delivery.LOSSY,
                                        Kind.FOUNDING,
                                        FoundingBytes.encode(standing)));
        switchboard.on(Kind.FOUNDING, (_, body) -> rounds.hear(FoundingBytes.decode(copy(body))));
        switchboard.on(Kind.LEAVING, (from, _) -> others.leaves(from));
        switchboard.open();
        others.onChange(() -> rounds.members(others.homes(home)));
        joining.members().listen(others);
        rounds.start()
                .whenComplete(
                        (charter, failure) -> {
                            if (charter == null) {
                                joined.completeExceptionally(failure);
                            } else {
                                founded(charter, others);
                            }
                        });
        look(minority);
    }

    private void founded(Charter charter, Neighbours others) {
        Voter self = new Voter(setup.self(), log.disk());
        Shards all = Objects.requireNonNull(shards);
        for (int i = 0; i < charter.shards(); i++) {
            ShardId shard = new ShardId(i);
            Generation first = new Generation(Charter.GENERATION, charter.map().voters().get(i));
            boolean founds = log.generation(shard) == null && first.voters().contains(self);
            if (founds) {
                log.place(shard, first);
            }
            if (founds || log.holds(shard)) {
                open(shard);
            }
        }
        replicas.onSeat(
                (shard, generation) -> {
                    log.place(shard, generation);
                    open(shard);
                });
        all.begin();
        BalanceRounds rounds =
                new BalanceRounds(
                        setup.self(),
                        new LeaderBalance(LeaderBalanceSettings.DEFAULT),
                        leaders,
                        others::fit,
                        transfers(),
                        loop,
                        InstantSource.system());
        rounds.start();
        balance = rounds;
    }

    private void open(ShardId shard) {
        Objects.requireNonNull(shards)
                .open(shard.number())
                .exceptionally(
                        failure -> {
                            LOG.error("{} can't be opened", shard, failure);
                            joined.completeExceptionally(failure);
                            return null;
                        });
    }

    /** Looks what this node waits for, and lets clients in or sends them away by that. */
    private void look(Consumer<String> minority) {
        if (stopping) {
            return;
        }
        loop.schedule(LOOK_MILLIS, () -> look(minority));
        boolean majority = member().members().hasMajority();
        String obstacle = majority ? null : "this node does not reach a majority of the cluster";
        boolean founded = balance != null;
        String missing =
                obstacle != null
                        ? obstacle
                        : founded ? unserved() : "the cluster is not founded yet";
        Objects.requireNonNull(serving).obstacle(founded ? obstacle : missing);
        if (!Objects.equals(missing, waitsFor)) {
            waitsFor = missing;
            readiness.accept(missing);
            if (missing != null) {
                LOG.info("not ready: {}", missing);
            } else {
                LOG.info("ready: a majority is there, and all shards have leaders");
                joined.complete(null);
            }
        }
        sendAway(majority, minority);
    }

    /** A leadership that moves is away for a moment: that makes no node unready. */
    private @Nullable String unserved() {
        int shard = book.firstWithoutLeader();
        if (shard < 0) {
            ledAtMillis = nowMillis();
        } else if (waitsFor != null || nowMillis() - ledAtMillis > LEADERLESS_MILLIS) {
            return "no leader of shard " + shard + " is known";
        }
        return Objects.requireNonNull(interest).isCaughtUp()
                ? null
                : "not all is known of what other nodes want";
    }

    private void sendAway(boolean majority, Consumer<String> minority) {
        long now = nowMillis();
        if (majority || balance == null) {
            minoritySinceMillis = now;
        } else if (now - minoritySinceMillis > setup.minorityGraceMillis()) {
            minority.accept("this node has lost the majority of the cluster; use another one");
        }
    }

    private static long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    private void gone(NodeId node) {
        leaders.lost(node);
        routes.nodeGone(node);
        Objects.requireNonNull(dispatch).gone(node);
        Objects.requireNonNull(sessions).detachNode(node);
    }

    private void expelled(String reason) {
        expelled.complete(reason);
        joined.completeExceptionally(new IllegalStateException(reason));
    }

    private void rewritePages() {
        if (interest != null) {
            interest.rewriteSharedPages();
        }
    }

    private Transfers transfers() {
        return transfer -> log.transfer(transfer.shard(), transfer.to());
    }

    /**
     * Hands what this node leads to others, and tells them to give it nothing more. Blocks until
     * that is done or its time is over.
     */
    public void drain() {
        CompletableFuture<DrainReport> report = new CompletableFuture<>();
        loop.execute(
                () -> {
                    stopping = true;
                    BalanceRounds rounds = balance;
                    Neighbours others = neighbours;
                    if (rounds == null || others == null) {
                        report.cancel(false);
                        return;
                    }
                    rounds.stop();
                    others.leaves(setup.self());
                    post.tellAll(Delivery.KEPT, Kind.LEAVING, new byte[0]);
                    new Drain(
                                    setup.self(),
                                    leaders,
                                    others::fit,
                                    transfers(),
                                    loop,
                                    InstantSource.system(),
                                    setup.drain())
                            .start()
                            .thenAccept(report::complete);
                });
        try {
            DrainReport done = report.get(STEP_SECONDS_MAX, TimeUnit.SECONDS);
            LOG.info(
                    "{} shards were handed over in {} ms{}",
                    done.moved().size(),
                    done.millis(),
                    done.isComplete() ? "" : "; left: " + done.left());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (CancellationException | ExecutionException | TimeoutException e) {
            LOG.info("nothing was handed over: {}", e.toString());
        }
    }

    /** Leaves the cluster and closes links and log. Blocks. */
    @Override
    public void close() {
        ClusterMember leaving = member;
        if (leaving != null) {
            leaving.leave();
        }
        links.close();
        log.close();
    }

    // What comes from other nodes.

    private void logFrame(NodeId from, ByteBuffer body) {
        ShardId shard = new ShardId(Short.toUnsignedInt(body.getShort()));
        log.received(from, shard, body.getLong(), copy(body));
    }

    private void take(
            NodeId from,
            ByteBuffer body,
            Dispatch ways,
            Reception reception,
            ClusterSessions guests) {
        try {
            switch (PeerCodec.decode(copy(body))) {
                case PeerMessage.Publishing publishing -> reception.received(from, publishing);
                case PeerMessage.Stored stored -> ways.received(stored);
                case SessionMessage session -> guests.received(from, session);
                case PeerMessage.AskRetained _, PeerMessage.RetainedRows _ ->
                        LOG.warn("node {} tells what is to be asked", from);
            }
        } catch (UnreadableMessage e) {
            LOG.error("a message of node {} is lost: {}", from, e.getMessage());
        }
    }

    private void answer(Message.Asked asked, RetainedAnswers answers) {
        try {
            if (PeerCodec.decode(copy(asked.body())) instanceof PeerMessage.AskRetained question) {
                answers.answer(question, rows -> asked.answer(PeerCodec.encode(rows)));
            } else {
                asked.refuse("not a question");
            }
        } catch (UnreadableMessage e) {
            asked.refuse(String.valueOf(e.getMessage()));
        }
    }

    private static byte[] copy(ByteBuffer body) {
        byte[] bytes = new byte[body.remaining()];
        body.get(bytes);
        return bytes;
    }

    private ClusterMember member() {
        return Objects.requireNonNull(member);
    }

    /** Does it on the cluster loop, and waits for it; never called there. */
    private <T> T onLoop(Supplier<T> task) throws ClusterException {
        try {
            return CompletableFuture.supplyAsync(task, loop)
                    .get(STEP_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted while the node joined its cluster", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new ClusterException("the node can't join its cluster: " + e.getCause(), e);
        }
    }
}
