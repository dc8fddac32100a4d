package io.carillon.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.Pubrel;
import io.carillon.mqtt.packet.QoS;
import io.carillon.session.QueueLimits;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** QoS 2 messages of durable clients: taken once, across reconnects and crashes. */
class ExactlyOncePublisherTest {
    private TestNode node = TestNode.start();
    private TestClient publisher = TestClient.durable(node, "p");

    @AfterEach
    void nothingFailedOnALoop() {
        node.assertHealthy();
    }

    private static Publish publish(int packetId, String payload, boolean dup) {
        return new Publish(TestNode.message("a", payload), QoS.EXACTLY_ONCE, false, dup, packetId);
    }

    private List<String> got(String clientId) {
        return TestClient.durable(node, clientId).takeAndAcknowledge().stream()
                .filter(text -> text.startsWith("publish"))
                .map(text -> text.substring(8).replaceAll(" #.*", ""))
                .toList();
    }

    private void receivers(String... filters) {
        for (int i = 0; i < 8; i++) {
            TestClient receiver = TestClient.durable(node, "r" + i);
            for (String filter : filters) {
                receiver.subscribe(filter, QoS.EXACTLY_ONCE);
            }
            receiver.vanish();
        }
    }

    /** [MQTT-4.3.3-8] [MQTT-4.3.3-11] [MQTT-4.3.3-12] [MQTT3-4.3.3-2] */
    @Test
    void anExchangeRunsItsCourse() {
        publisher.send(publish(1, "x", false));
        node.runWithoutSync();
        assertEquals(0, publisher.outlet.sent.size(), "nothing is answered before it is stored");
        assertEquals(List.of("pubrec #1 NO_MATCHING_SUBSCRIBERS"), publisher.take());
        publisher.send(new Pubrel(1));
        assertEquals(List.of("pubcomp #1"), publisher.take());
        publisher.send(new Pubrel(1));
        assertEquals(List.of("pubcomp #1 PACKET_IDENTIFIER_NOT_FOUND"), publisher.take());
    }

    /** [MQTT-4.3.3-10] */
    @Test
    void aRepeatIsAnsweredAndNotRoutedUntilItIsReleased() {
        receivers("a");
        publisher.send(publish(1, "x", false), publish(1, "x", true));
        publisher.take();
        publisher = TestClient.durable(node, "p");
        publisher.send(publish(1, "x", true));
        assertEquals(List.of("pubrec #1"), publisher.take());
        publisher.send(new Pubrel(1), publish(1, "next", false));
        assertEquals(List.of("pubcomp #1", "pubrec #1"), publisher.take());
        assertEquals(List.of("a=x q2", "a=next q2"), got("r0"));
    }

    /** [MQTT-4.6.0-3] [MQTT3-4.6.0-3] */
    @Test
    void answersComeInTheOrderOfTheMessages() {
        receivers("a");
        Publish other = new Publish(TestNode.message("b", "y"), QoS.EXACTLY_ONCE, false, false, 2);
        publisher.send(publish(1, "x", false), other);
        assertEquals(List.of("pubrec #1", "pubrec #2 NO_MATCHING_SUBSCRIBERS"), publisher.take());
    }

    /**
     * Wherever the power goes, and whichever shards had stored the message by then: it is queued
     * once, by each way [MQTT-4.3.3-10].
     */
    @Test
    void aRepeatAfterACrashIsQueuedOnce() {
        for (int turns = 1; turns < 10; turns++) {
            for (int kept = 0; kept < 6; kept++) {
                node = TestNode.start(turns % 2 == 0 ? 1 : 4, TestNode.SETTINGS);
                receivers("a", "$share/g/a", "$share/h/a");
                publisher = TestClient.durable(node, "p");
                publisher.send(publish(1, "x", false), publish(2, "y", false));
                for (int i = 0; i < turns; i++) {
                    node.loops.forEach(loop -> loop.runTurn());
                }
                node = node.crashKeeping(Math.min(kept, node.memory.unsyncedBatches()));
                node.run();
                publisher = TestClient.durable(node, "p");
                publisher.send(publish(1, "x", true), publish(2, "y", true));
                assertEquals(List.of("pubrec #1", "pubrec #2"), publisher.take());
                String where = "turns " + turns + " kept " + kept;
                int x = 0;
                int y = 0;
                for (int i = 0; i < 8; i++) {
                    List<String> got = got("r" + i);
                    assertTrue(got.contains("a=x q2") && got.contains("a=y q2"), where + got);
                    x += (int) got.stream().filter("a=x q2"::equals).count();
                    y += (int) got.stream().filter("a=y q2"::equals).count();
                }
                // Once for each, and once for each group; another member may have it after a crash.
                assertTrue(x >= 10 && y >= 10, where + ": " + x + " " + y);
            }
        }
    }

    /** A number that a crash took back is given again, to a message that is not a repeat. */
    @Test
    void aNewMessageAfterACrashIsQueuedThoughItsNumberWasUsed() {
        receivers("a");
        publisher.send(publish(1, "x", false));
        node.loops.forEach(loop -> loop.runTurn());
        node.loops.forEach(loop -> loop.runTurn());
        node = node.crashKeeping(0);
        node.run();
        publisher = TestClient.durable(node, "p");
        publisher.send(publish(1, "new", false));
        publisher.take();
        assertEquals(List.of("a=new q2"), got("r0"));
    }

    @Test
    void aMessageThatIsRefusedMayBeSentAgain() {
        QueueLimits one = new QueueLimits(1, 1_000, false, 16);
        node = TestNode.start(2, new ShardSettings(one, true, 10_000, 10, 10_000, 1_000));
        receivers("a");
        publisher = TestClient.durable(node, "p");
        publisher.send(publish(1, "x", false), publish(2, "y", false));
        assertEquals(List.of("pubrec #1", "pubrec #2 QUOTA_EXCEEDED"), publisher.take());
        for (int i = 0; i < 8; i++) {
            assertEquals(List.of("a=x q2"), got("r" + i));
        }
        publisher.send(publish(2, "y", false));
        assertEquals(List.of("pubrec #2"), publisher.take());
    }

    /** What shards remember of publishers is swept: wills after an hour, sessions after a week. */
    @Test
    void originsAreForgottenInTime() {
        receivers("a", "$share/g/a");
        publisher.send(publish(1, "x", false));
        publisher.take();
        TestClient.connect(node, "w", TestClient.Options.TRANSIENT.will("a", "bye", 0)).vanish();
        int all = node.rows(Spaces.ORIGINS).size();
        assertTrue(all >= 4, "rows " + all);
        node.clock.advanceMillis(Origins.WILL_KEPT_MILLIS);
        node.advanceSeconds(70);
        int sessions = node.rows(Spaces.ORIGINS).size();
        assertTrue(sessions > 0 && sessions < all, "rows " + sessions + " of " + all);
        node = node.crash();
        node.clock.advanceMillis(Origins.SESSION_KEPT_MILLIS);
        node.advanceSeconds(70);
        assertEquals(List.of(), node.rows(Spaces.ORIGINS));
    }
}
