package io.carillon.net;

import io.carillon.mqtt.codec.DecoderLimits;
import io.carillon.net.lane.IoLane;
import io.carillon.net.lane.IoLanes;
import io.carillon.net.lane.LaneMemory;
import io.carillon.net.lane.NetCount;
import io.carillon.topic.TopicTrie;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Connections over channels in memory, one event loop each, with everything behind them faked. Time
 * stands still unless the test lets it pass.
 */
final class TestBroker {
    static final int CLIENTS_MAX = 6;
    static final DecoderLimits DECODER_LIMITS =
            new DecoderLimits(4_096, 16_384, 128, 65_535, 20, 10, 50, false);
    private static final long EPOCH_MILLIS = 1_700_000_000_000L;

    final MockTicker ticker = Ticker.newMockTicker();
    final InstantSource clock =
            InstantSource.offset(
                    () ->
                            java.time.Instant.ofEpochMilli(
                                    TimeUnit.NANOSECONDS.toMillis(ticker.nanoTime())),
                    java.time.Duration.ofMillis(EPOCH_MILLIS));
    final TopicTrie topics = new TopicTrie();
    final FakeSessions sessions = new FakeSessions();
    final FakeRouter router = new FakeRouter(topics);
    final FakeAccess access = new FakeAccess();
    final FakeRetained retained = new FakeRetained();
    final List<Runnable> barrier = new ArrayList<>();
    boolean barrierUp;
    final LaneMemory memory = new LaneMemory(1 << 20, Long.MAX_VALUE);
    final IoLanes lanes;
    final ConnectionFactory factory;
    private final List<EmbeddedChannel> channels = new ArrayList<>();
    private final List<TestClient> clients = new ArrayList<>();

    TestBroker() {
        this(new TestLimits());
    }

    TestBroker(TestLimits limits) {
        List<IoLane> loops = new ArrayList<>();
        for (int i = 0; i < CLIENTS_MAX; i++) {
            EmbeddedChannel channel = EmbeddedChannel.builder().ticker(ticker).build();
            channels.add(channel);
            loops.add(new IoLane(i, channel.eventLoop(), 1 << 16, memory));
        }
        lanes = new IoLanes(loops);
        router.lanes(lanes);
        factory =
                new ConnectionFactory(
                        new Broker(
                                limits.build(),
                                DECODER_LIMITS,
                                lanes,
                                topics,
                                router,
                                sessions,
                                this::await,
                                List.of(retained),
                                access.access(),
                                clock));
    }

    private void await(Runnable task) {
        if (barrierUp) {
            barrier.add(task);
        } else {
            task.run();
        }
    }

    /** A new connection over which nothing was sent. */
    TestClient open() {
        EmbeddedChannel channel = channels.get(clients.size());
        ListenerInfo listener =
                new ListenerInfo(
                        "test", ListenerInfo.Transport.TCP, ListenerInfo.ClientCertificates.NONE);
        channel.pipeline().addLast(factory.newConnection(listener));
        TestClient client = new TestClient(this, channel);
        clients.add(client);
        return client;
    }

    /** Lets all loops come to rest. */
    void settle() {
        for (int i = 0; i < 3; i++) {
            channels.forEach(EmbeddedChannel::runPendingTasks);
            clients.forEach(TestClient::drain);
        }
    }

    /** Lets time pass. */
    void pass(long millis) {
        ticker.advanceMillis(millis);
        channels.forEach(EmbeddedChannel::runScheduledPendingTasks);
        settle();
    }

    long count(NetCount count) {
        return lanes.count(count);
    }
}
