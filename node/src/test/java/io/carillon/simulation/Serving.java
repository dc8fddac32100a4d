package io.carillon.simulation;

import io.carillon.auth.Access;
import io.carillon.auth.AnonymousAuthenticator;
import io.carillon.auth.Authorizer;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.replication.raft.RaftLog;
import io.carillon.config.AnonymousPolicy;
import io.carillon.delivery.Router;
import io.carillon.delivery.Ways;
import io.carillon.loop.ManualLoop;
import io.carillon.mqtt.codec.DecoderLimits;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.net.Broker;
import io.carillon.net.ConnectionFactory;
import io.carillon.net.ListenerInfo;
import io.carillon.net.lane.IoLane;
import io.carillon.net.lane.IoLanes;
import io.carillon.net.lane.LaneMemory;
import io.carillon.node.cluster.ClusterCore;
import io.carillon.peers.publish.OnceLane;
import io.carillon.record.ShardRecord;
import io.carillon.shard.Lane;
import io.carillon.shard.Publisher;
import io.carillon.shard.RetainedSource;
import io.carillon.shard.ShardMetrics;
import io.carillon.shard.Shards;
import io.carillon.topic.TopicTrie;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** What one start of a node has for clients: its event loop, their connections and the shards. */
final class Serving {
    private static final int SENT_AWAY_MAX = 1_000;
    private static final ListenerInfo LISTENER =
            new ListenerInfo(
                    "sim", ListenerInfo.Transport.TCP, ListenerInfo.ClientCertificates.NONE);

    private final EmbeddedChannel eventLoop;
    private final ConnectionFactory connections;

    /** What the event loop does when it has its turn. */
    private final ArrayDeque<Runnable> io = new ArrayDeque<>();

    private boolean insideIo;

    Serving(
            World world,
            ClusterCore core,
            RaftLog<ShardRecord> log,
            ManualLoop loop,
            List<ManualLoop> shardLoops) {
        eventLoop = EmbeddedChannel.builder().ticker(world.ticker).build();
        IoLanes lanes =
                new IoLanes(
                        List.of(
                                new IoLane(
                                        0,
                                        eventLoop.eventLoop(),
                                        1 << 20,
                                        new LaneMemory(1 << 24, Long.MAX_VALUE))));
        AtomicReference<Publisher> publisher = new AtomicReference<>();
        AtomicReference<Shards> all = new AtomicReference<>();
        RetainedSource retained = core.retained(all::get);
        TopicTrie trie = core.routes().trie();
        Shards shards =
                Shards.of(
                        NodeSettings.SHARDS,
                        shardLoops,
                        1,
                        log,
                        shard -> log.view(new ShardId(shard)),
                        trie,
                        core.announcements(),
                        publisher::get,
                        retained,
                        world.clock,
                        NodeSettings.shards(),
                        new ShardMetrics());
        all.set(shards);
        List<Lane> eventLoops =
                lanes.lanes().stream().map(this::fromOtherLoops).<Lane>map(OnceLane::new).toList();
        AtomicReference<Ways> ways = new AtomicReference<>();
        loop.execute(() -> ways.set(core.serve(shards, eventLoops, publisher::get)));
        loop.runUntilIdle();
        Router router = new Router(trie, eventLoops, ways.get());
        publisher.set(core.publisher(router));
        connections =
                new ConnectionFactory(
                        new Broker(
                                NodeSettings.clients(),
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
                                world.clock));
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

    /** A channel of a client that has connected. */
    SimChannel accept() {
        SimChannel channel = new SimChannel(eventLoop);
        later(() -> channel.pipeline().addLast(connections.newConnection(LISTENER)));
        return channel;
    }

    /** Something happens to a client's connection. */
    void later(Runnable event) {
        io.add(event);
    }

    void sendAway(String reason) {
        if (connections.openConnections() > 0) {
            io.add(() -> connections.close(SENT_AWAY_MAX, ReasonCode.USE_ANOTHER_SERVER, reason));
        }
    }

    void runTurn() {
        insideIo = true;
        try {
            for (int waiting = io.size(); waiting > 0; waiting--) {
                io.remove().run();
            }
            eventLoop.runPendingTasks();
        } finally {
            insideIo = false;
        }
    }
}
