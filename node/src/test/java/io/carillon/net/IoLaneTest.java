package io.carillon.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Topic;
import io.carillon.net.lane.IoLane;
import io.carillon.shard.Publication;
import io.carillon.topic.LaneTargets;
import io.netty.channel.DefaultEventLoop;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What other threads hand to an event loop. */
final class IoLaneTest {
    /** P8 of what other loops hand over; above the mark their publishers pause. */
    @Test
    void isCongestedWhileTooMuchWaits() throws InterruptedException {
        TestBroker broker = new TestBroker();
        TestClient client = broker.open().in(MqttVersion.V5, "c").subscribed("t", QoS.AT_MOST_ONCE);
        LaneTargets targets = broker.topics.match(Topic.of("t")).lanes()[0];
        DefaultEventLoop busy = new DefaultEventLoop();
        IoLane lane = new IoLane(targets.lane(), busy, 1_000, broker.memory);
        CountDownLatch free = new CountDownLatch(1);
        busy.execute(() -> awaitQuietly(free));
        Message message = Message.of(Topic.of("t"), new byte[300]);
        Publication publication = new Publication(message, QoS.AT_MOST_ONCE, false, "w");
        for (int i = 0; i < 4; i++) {
            assertFalse(lane.congested());
            lane.handOut(publication, targets.targets(), null);
        }
        assertTrue(lane.congested());
        client.expectNothing();
        free.countDown();
        CountDownLatch drained = new CountDownLatch(1);
        busy.execute(drained::countDown);
        assertTrue(drained.await(10, TimeUnit.SECONDS));
        assertFalse(lane.congested());
        List<Packet> delivered = client.all();
        assertEquals(4, delivered.size());
        assertEquals(300, ((Publish) delivered.getFirst()).message().payload().length);
        assertTrue(busy.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(10, TimeUnit.SECONDS));
    }

    /** A lane whose loop has ended forgets what it is handed, and nobody fails. */
    @Test
    void forgetsWhatComesAfterItsEnd() throws InterruptedException {
        TestBroker broker = new TestBroker();
        broker.open().in(MqttVersion.V5, "c").subscribed("t", QoS.AT_MOST_ONCE);
        LaneTargets targets = broker.topics.match(Topic.of("t")).lanes()[0];
        DefaultEventLoop ended = new DefaultEventLoop();
        ended.execute(() -> {});
        assertTrue(ended.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(10, TimeUnit.SECONDS));
        IoLane lane = new IoLane(targets.lane(), ended, 1_000, broker.memory);
        Message message = Message.of(Topic.of("t"), new byte[1]);
        lane.handOut(
                new Publication(message, QoS.AT_MOST_ONCE, false, "w"), targets.targets(), null);
        assertFalse(lane.congested());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
