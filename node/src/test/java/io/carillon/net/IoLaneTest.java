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
import io.carillon.shard.Publication;
import io.carillon.topic.LaneTargets;
import io.netty.channel.DefaultEventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What other threads hand to an event loop. */
final class IoLaneTest {
    private static final int THREADS = 4;
    private static final int EACH = 20_000;

    /** [MQTT-4.6.0-5] what one thread hands over comes in its order, and nothing is lost. */
    @Test
    void keepsTheOrderOfEachThread() throws InterruptedException {
        Inbox<long[]> inbox = new Inbox<>();
        DefaultEventLoop loop = new DefaultEventLoop();
        long[] next = new long[THREADS];
        CountDownLatch all = new CountDownLatch(THREADS * EACH);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int me = t;
            threads.add(
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        for (int i = 0; i < EACH; i++) {
                                            if (inbox.push(new long[] {me, i}, 10)) {
                                                loop.execute(
                                                        () ->
                                                                inbox.drain(
                                                                        item -> {
                                                                            take(next, item);
                                                                            all.countDown();
                                                                        }));
                                            }
                                        }
                                    }));
        }
        assertTrue(all.await(30, TimeUnit.SECONDS));
        for (Thread thread : threads) {
            thread.join();
        }
        for (long count : next) {
            assertEquals(EACH, count);
        }
        assertTrue(inbox.isEmpty());
        assertEquals(0, inbox.bytes());
        assertTrue(loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(10, TimeUnit.SECONDS));
    }

    private static void take(long[] next, long[] item) {
        int thread = (int) item[0];
        if (next[thread] == item[1]) {
            next[thread]++;
        }
    }

    @Test
    void wakesTheLoopOnceForAllThatWaits() {
        Inbox<String> inbox = new Inbox<>();
        assertTrue(inbox.push("a", 3));
        assertFalse(inbox.push("b", 4));
        assertEquals(7, inbox.bytes());
        List<String> taken = new ArrayList<>();
        inbox.drain(taken::add);
        assertEquals(List.of("a", "b"), taken);
        assertTrue(inbox.push("c", 1));
        assertEquals(1, inbox.bytes());
    }

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
