package io.carillon.jmh.subject;

import io.carillon.auth.Access;
import io.carillon.auth.AnonymousAuthenticator;
import io.carillon.auth.Authorizer;
import io.carillon.cluster.replication.LocalLog;
import io.carillon.cluster.replication.LocalLogSettings;
import io.carillon.cluster.replication.SyncPolicy;
import io.carillon.config.AnonymousPolicy;
import io.carillon.delivery.LocalWays;
import io.carillon.delivery.Router;
import io.carillon.loop.ManualLoop;
import io.carillon.mqtt.codec.DecoderLimits;
import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Subscribe;
import io.carillon.mqtt.packet.SubscriptionOptions;
import io.carillon.mqtt.packet.UserProperties;
import io.carillon.net.Broker;
import io.carillon.net.ClientLimits;
import io.carillon.net.ConnectionFactory;
import io.carillon.net.ListenerInfo;
import io.carillon.net.RouteBarrier;
import io.carillon.net.lane.IoLanes;
import io.carillon.node.RouterPort;
import io.carillon.node.ShardSessions;
import io.carillon.record.ShardRecord;
import io.carillon.shard.Announcements;
import io.carillon.shard.Publisher;
import io.carillon.shard.ShardMetrics;
import io.carillon.shard.ShardSettings;
import io.carillon.shard.Shards;
import io.carillon.storage.memory.MemoryStore;
import io.carillon.topic.TopicTrie;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.local.LocalIoHandler;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A whole broker on the caller's thread: the parts of a node, one event loop that the caller
 * drives, connections without sockets, and a store in memory.
 */
final class TableBroker {
    private static final long LANE_BYTES_MAX = 16L << 20;
    private static final MqttVersion VERSION = MqttVersion.V3_1_1;
    private static final ListenerInfo LISTENER =
            new ListenerInfo(
                    "memory", ListenerInfo.Transport.TCP, ListenerInfo.ClientCertificates.NONE);

    private final ManualIoEventLoop io =
            new ManualIoEventLoop(Thread.currentThread(), LocalIoHandler.newFactory());
    private final ManualLoop shardLoop = new ManualLoop("shard-0");
    private final ManualLoop committer = new ManualLoop("log-0");
    private final TopicTrie topics = new TopicTrie();
    private final Router router;
    private final ConnectionFactory connections;

    TableBroker() {
        MemoryStore store = new MemoryStore(TemporaryStore.spaces());
        LocalLog<ShardRecord> log =
                LocalLog.on(committer, store, LocalLogSettings.of(new SyncPolicy.LeftToSystem()));
        IoLanes lanes = IoLanes.of(io, LANE_BYTES_MAX);
        AtomicReference<Publisher> publisher = new AtomicReference<>();
        ClientLimits limits = ClientLimits.DEFAULT;
        Shards shards =
                Shards.of(
                        1,
                        List.of(shardLoop),
                        lanes.lanes().size(),
                        log,
                        _ -> store,
                        topics,
                        Announcements.NONE,
                        publisher::get,
                        null,
                        Sample.CLOCK,
                        new ShardSettings(limits.queue(), true, 1_000, 1_000, 1 << 20, 100_000),
                        new ShardMetrics());
        CompletableFuture<Void> opened = shards.open();
        settle();
        opened.join();
        router = new Router(topics, lanes.lanes(), new LocalWays(lanes.lanes().size(), shards));
        publisher.set(router);
        shards.begin();
        connections =
                new ConnectionFactory(
                        new Broker(
                                limits,
                                DecoderLimits.DEFAULT,
                                lanes,
                                topics,
                                new RouterPort(router),
                                new ShardSessions(shards),
                                RouteBarrier.ALONE,
                                List.of(shards),
                                new Access(
                                        new AnonymousAuthenticator(AnonymousPolicy.TRUE),
                                        List.of(),
                                        Authorizer.ALLOW_ALL),
                                Sample.CLOCK));
    }

    TopicTrie topics() {
        return topics;
    }

    Router router() {
        return router;
    }

    /** A client with a transient session. */
    MemoryChannel client(String clientId) {
        var registered =
                new Bootstrap()
                        .group(io)
                        .channelFactory(MemoryChannel::new)
                        .handler(connections.newConnection(LISTENER))
                        .register();
        settle();
        MemoryChannel channel = (MemoryChannel) registered.syncUninterruptibly().channel();
        send(channel, Sample.connect(VERSION, clientId));
        return channel;
    }

    void subscribe(MemoryChannel channel, String filter, QoS qos) {
        Subscribe.Request request = new Subscribe.Request(filter, SubscriptionOptions.of(qos));
        send(channel, new Subscribe(1, List.of(request), 0, UserProperties.NONE));
        if (topics.subscriptionCount() == 0) {
            throw new IllegalStateException("nobody is subscribed to " + filter);
        }
    }

    private void send(MemoryChannel channel, Packet packet) {
        channel.pipeline().fireChannelRead(Sample.bytes(VERSION, packet, 1));
        channel.pipeline().fireChannelReadComplete();
        settle();
        if (!channel.isOpen()) {
            throw new IllegalStateException("the client was sent away after " + packet);
        }
    }

    /** The rest of the event loop's turn: what was written is sent. */
    void endTurn() {
        io.runNow();
    }

    /** Lets everything come to rest. */
    private void settle() {
        boolean busy = true;
        while (busy) {
            busy = shardLoop.runTurn() || committer.runTurn() || io.runNow() > 0;
        }
    }
}
