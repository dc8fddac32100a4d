package io.carillon.simulation;

import io.carillon.auth.Access;
import io.carillon.auth.AnonymousAuthenticator;
import io.carillon.auth.Authorizer;
import io.carillon.cluster.Incarnation;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.link.LinkIdentity;
import io.carillon.cluster.link.LinkSettings;
import io.carillon.cluster.link.PeerLinks;
import io.carillon.cluster.membership.HostPort;
import io.carillon.cluster.membership.MemberCard;
import io.carillon.cluster.membership.Members;
import io.carillon.cluster.membership.Release;
import io.carillon.cluster.ownership.DrainSettings;
import io.carillon.cluster.ownership.founding.FoundingRules;
import io.carillon.cluster.replication.SyncPolicy;
import io.carillon.cluster.replication.raft.RaftHost;
import io.carillon.cluster.replication.raft.RaftLog;
import io.carillon.cluster.replication.raft.RaftSettings;
import io.carillon.config.AnonymousPolicy;
import io.carillon.delivery.Router;
import io.carillon.delivery.Ways;
import io.carillon.loop.ManualLoop;
import io.carillon.mqtt.codec.DecoderLimits;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.net.Broker;
import io.carillon.net.ClientLimits;
import io.carillon.net.ConnectionFactory;
import io.carillon.net.ListenerInfo;
import io.carillon.net.lane.IoLane;
import io.carillon.net.lane.IoLanes;
import io.carillon.net.lane.LaneMemory;
import io.carillon.node.cluster.ClusterCore;
import io.carillon.node.cluster.CoreHost;
import io.carillon.node.cluster.CoreSettings;
import io.carillon.node.cluster.LooseEnds;
import io.carillon.node.cluster.Meeting;
import io.carillon.peers.publish.OnceLane;
import io.carillon.record.ShardRecord;
import io.carillon.session.QueueLimits;
import io.carillon.shard.Lane;
import io.carillon.shard.Publisher;
import io.carillon.shard.RetainedSource;
import io.carillon.shard.ShardMetrics;
import io.carillon.shard.ShardSettings;
import io.carillon.shard.Shards;
import io.carillon.shard.Spaces;
import io.carillon.storage.Space;
import io.carillon.storage.memory.MemoryStore;
import io.carillon.topic.TopicTrie;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A node: a disk that stays, and all else, which a crash takes away. */
final class SimNode {
    static final int SHARDS = 4;
    private static final int SHARD_LOOPS = 2;
    private static final int SENT_AWAY_MAX = 1_000;
    private static final long CONNECT_MILLIS = 4_000;
    private static final long GRACE_MILLIS = 3_000;
    private static final long REATTACH_MILLIS = 3_000;
    private static final ListenerInfo LISTENER =
            new ListenerInfo(
                    "sim", ListenerInfo.Transport.TCP, ListenerInfo.ClientCertificates.NONE);

    final int number;
    private final Simulation simulation;
    private final World world;
    private MemoryStore disk = new MemoryStore(spaces());

    /** How many nodes it was last told to be there. */
    int seen;

    private int boot;
    private boolean up;
    private long pausedUntil;
    private long diskHangsUntil;
    private boolean syncUnderWay;
    private long failuresBefore;
    private @Nullable String obstacle = "not started";

    // Of one start.
    private List<ManualLoop> shardLoops = List.of();
    private @Nullable Running running;
    private final ArrayDeque<Runnable> io = new ArrayDeque<>();
    private boolean insideIo;

    private record Running(
            ManualLoop loop,
            ManualLoop committer,
            PeerLinks links,
            RaftLog<ShardRecord> log,
            ClusterCore core,
            Members members,
            MemberCard card,
            EmbeddedChannel eventLoop,
            ConnectionFactory connections,
            Shards shards) {}

    SimNode(Simulation simulation, World world, int number) {
        this.simulation = simulation;
        this.world = world;
        this.number = number;
    }

    private static List<Space> spaces() {
        List<Space> spaces = new ArrayList<>(Spaces.all());
        spaces.add(RaftLog.SPACE);
        spaces.add(ClusterCore.SPACE);
        return spaces;
    }

    NodeId id() {
        return new NodeId("n" + number);
    }

    int boot() {
        return boot;
    }

    boolean isUp() {
        return up;
    }

    boolean isUp(int ofBoot) {
        return up && boot == ofBoot;
    }

    boolean isPaused() {
        return world.now() < pausedUntil;
    }

    boolean isReady() {
        return up && obstacle == null;
    }

    @Nullable String obstacle() {
        return obstacle;
    }

    ManualLoop loop() {
        return running().loop();
    }

    PeerLinks links() {
        return running().links();
    }

    Members members() {
        return running().members();
    }

    MemberCard card() {
        return running().card();
    }

    ClusterCore core() {
        return running().core();
    }

    RaftLog<ShardRecord> log() {
        return running().log();
    }

    private Running running() {
        return Objects.requireNonNull(running, "the node is down");
    }

    String incarnationName() {
        return this + "/" + boot;
    }

    /** Makes all of it, on the disk as it is. */
    void start() {
        boot++;
        up = true;
        obstacle = "starting";
        syncUnderWay = false;
        io.clear();
        ManualLoop loop = new ManualLoop("link-" + number, world.clock);
        ManualLoop committer = new ManualLoop("log-" + number, world.clock);
        List<ManualLoop> loops = new ArrayList<>();
        for (int i = 0; i < SHARD_LOOPS; i++) {
            loops.add(new ManualLoop("shard-" + number + "-" + i, world.clock));
        }
        shardLoops = loops;
        LooseEnds ends = new LooseEnds(id());
        RaftLog<ShardRecord> log =
                RaftLog.on(
                        new RaftHost(
                                id(),
                                disk,
                                ends.transport(),
                                world.clock,
                                committer,
                                world.random.nextLong()),
                        raft(),
                        Log.isOn()
                                ? new LoggedLeaders(world, this, ends.leaders())
                                : ends.leaders());
        Incarnation incarnation = new Incarnation(log.disk(), log.start(), world.random.nextLong());
        PeerLinks links =
                new PeerLinks(
                        loop,
                        simulation.net().dialer(this),
                        new LinkIdentity(id(), "sim", SHARDS, incarnation),
                        LinkSettings.DEFAULTS,
                        ends.handler(),
                        ends.listener(),
                        new Random(world.random.nextLong()));
        CoreSettings settings =
                new CoreSettings(
                        id(),
                        incarnation.disk(),
                        "",
                        Long.MIN_VALUE | incarnation.random() * 31 + incarnation.boot(),
                        new FoundingRules("sim", Simulation.NODES, SHARDS, 3, Set.of()),
                        DrainSettings.DEFAULT,
                        CONNECT_MILLIS,
                        GRACE_MILLIS);
        ClusterCore core =
                new ClusterCore(
                        settings,
                        new CoreHost(
                                disk, loop, world.clock, world.clock::millis, links, log, ends),
                        1);
        MemberCard card =
                new MemberCard(
                        id(),
                        incarnation,
                        new HostPort("10.0.0." + number, 1),
                        new Release(0, 1, 0),
                        SHARDS,
                        Simulation.NODES,
                        "");
        Members members = new Members(loop, world.clock, card);
        EmbeddedChannel eventLoop = EmbeddedChannel.builder().ticker(world.ticker).build();
        IoLanes lanes =
                new IoLanes(
                        List.of(
                                new IoLane(
                                        0,
                                        eventLoop.eventLoop(),
                                        1 << 20,
                                        new LaneMemory(1 << 24, Long.MAX_VALUE))));
        Clients clients = serve(core, log, loop, lanes);
        running =
                new Running(
                        loop,
                        committer,
                        links,
                        log,
                        core,
                        members,
                        card,
                        eventLoop,
                        clients.connections(),
                        clients.shards());
        loop.execute(
                () ->
                        core.meet(
                                new Meeting(
                                        members,
                                        (address, found) ->
                                                found.accept(
                                                        new InetSocketAddress(
                                                                address.host(), address.port())),
                                        simulation.maps().pages(this),
                                        (key, value) -> simulation.maps().put(this, key, value),
                                        this::readiness,
                                        this::minority)));
        Log.say(world, this + " starts");
    }

    private record Clients(ConnectionFactory connections, Shards shards) {}

    private Clients serve(
            ClusterCore core, RaftLog<ShardRecord> log, ManualLoop loop, IoLanes lanes) {
        AtomicReference<Publisher> publisher = new AtomicReference<>();
        AtomicReference<Shards> all = new AtomicReference<>();
        RetainedSource retained = core.retained(all::get);
        TopicTrie trie = core.routes().trie();
        Shards shards =
                Shards.of(
                        SHARDS,
                        shardLoops,
                        1,
                        log,
                        shard -> log.view(new ShardId(shard)),
                        trie,
                        core.routes(),
                        publisher::get,
                        retained,
                        world.clock,
                        new ShardSettings(
                                queue(), true, 1_000, 10_000, 1 << 24, 100_000, REATTACH_MILLIS),
                        new ShardMetrics());
        all.set(shards);
        List<Lane> eventLoops =
                lanes.lanes().stream().map(this::fromOtherLoops).<Lane>map(OnceLane::new).toList();
        AtomicReference<Ways> ways = new AtomicReference<>();
        loop.execute(() -> ways.set(core.serve(shards, eventLoops, publisher::get)));
        loop.runUntilIdle();
        Router router = new Router(trie, eventLoops, ways.get());
        publisher.set(core.publisher(router));
        InstantSource clock = world.clock;
        ConnectionFactory connections =
                new ConnectionFactory(
                        new Broker(
                                limits(),
                                DecoderLimits.DEFAULT,
                                lanes,
                                trie,
                                core.messages(),
                                core.sessions(),
                                core.routes()::await,
                                List.of(retained),
                                new Access(
                                        new AnonymousAuthenticator(AnonymousPolicy.TRUE),
                                        List.of(),
                                        Authorizer.ALLOW_ALL),
                                clock));
        return new Clients(connections, shards);
    }

    /** The event loop takes what comes from elsewhere when it has its turn. */
    private Lane fromOtherLoops(Lane lane) {
        return (publication, targets, receipt) -> {
            if (insideIo) {
                lane.handOut(publication, targets, receipt);
            } else {
                io.add(() -> lane.handOut(publication, targets, receipt));
            }
        };
    }

    private static QueueLimits queue() {
        return new QueueLimits(100_000, 1 << 24, false, 20);
    }

    private static ClientLimits limits() {
        ClientLimits usual = ClientLimits.DEFAULT;
        return new ClientLimits(
                QoS.EXACTLY_ONCE,
                true,
                true,
                true,
                true,
                true,
                usual.sessionExpirySecondsMax(),
                0,
                usual.receiveMaximum(),
                0,
                0,
                usual.subscriptionsMax(),
                usual.queue(),
                usual.outboundBytesMax(),
                2 * CONNECT_MILLIS,
                15_000,
                usual.slowReaderTimeoutMillis(),
                null);
    }

    private static RaftSettings raft() {
        return new RaftSettings(
                new SyncPolicy.Always(),
                new RaftSettings.Timing(200, 1_000, 2_000),
                new RaftSettings.Bounds(1 << 20, 4 << 20, 4_000, 20_000),
                new RaftSettings.Retention(300, 200_000, 20_000, 8_000, 1 << 24));
    }

    private void readiness(@Nullable String reason) {
        Log.say(world, this + (reason == null ? " is ready" : " not ready: " + reason));
        obstacle = reason;
    }

    private void minority(String reason) {
        if (running().connections().openConnections() > 0) {
            io.add(
                    () ->
                            running()
                                    .connections()
                                    .close(SENT_AWAY_MAX, ReasonCode.USE_ANOTHER_SERVER, reason));
        }
    }

    /** A channel of a client that has connected. */
    SimChannel accept() {
        SimChannel channel = new SimChannel(running().eventLoop());
        onIo(() -> channel.pipeline().addLast(running().connections().newConnection(LISTENER)));
        return channel;
    }

    /** Something happens to a client's connection. */
    void onIo(Runnable event) {
        io.add(event);
    }

    void pause(long millis) {
        pausedUntil = world.now() + millis;
    }

    void hangDisk(long millis) {
        diskHangsUntil = world.now() + millis;
    }

    /** The process dies; some of what was not synced is lost. */
    void crash() {
        Log.say(world, this + " crashes");
        countFailures();
        int before = boot;
        up = false;
        running = null;
        obstacle = "down";
        disk = disk.crash(world.upTo(disk.unsyncedBatches() + 1));
        pausedUntil = 0;
        diskHangsUntil = 0;
        simulation.net().dead(this, before);
    }

    private void countFailures() {
        if (running != null) {
            failuresBefore += running.loop().failures() + running.committer().failures();
            for (ManualLoop each : shardLoops) {
                failuresBefore += each.failures();
            }
        }
    }

    /** Tasks that threw, since the beginning. */
    long failures() {
        long sum = failuresBefore;
        if (running != null) {
            sum += running.loop().failures() + running.committer().failures();
            for (ManualLoop each : shardLoops) {
                sum += each.failures();
            }
        }
        return sum;
    }

    /** Gives its loops some turns, in any order. */
    void run() {
        if (!up || isPaused()) {
            return;
        }
        Running now = running();
        for (int i = 0; i < 6; i++) {
            switch (world.upTo(4)) {
                case 0 -> now.loop().runTurn();
                case 1 -> shardLoops.get(world.upTo(SHARD_LOOPS)).runTurn();
                case 2 -> runIo(now);
                default -> now.loop().runTurn();
            }
        }
        for (ManualLoop each : shardLoops) {
            each.runTurn();
        }
        runIo(now);
        sync(now.committer());
    }

    private void runIo(Running now) {
        insideIo = true;
        try {
            for (int waiting = io.size(); waiting > 0; waiting--) {
                io.remove().run();
            }
            now.eventLoop().runPendingTasks();
        } finally {
            insideIo = false;
        }
    }

    private void sync(ManualLoop committer) {
        if (committer.pending() > 0 && !syncUnderWay) {
            syncUnderWay = true;
            int of = boot;
            long millis = 1 + world.upTo(world.chance(5) ? 60 : 3);
            world.in(
                    millis + Math.max(0, diskHangsUntil - world.now()),
                    () -> {
                        if (isUp(of)) {
                            syncUnderWay = false;
                            committer.runUntilIdle();
                        }
                    });
        }
    }

    @Override
    public String toString() {
        return "n" + number;
    }
}
