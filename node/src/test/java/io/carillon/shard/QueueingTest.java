package io.carillon.shard;

import static io.carillon.shard.TestClient.Options.DURABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.MessageProperties;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Subscription;
import io.carillon.mqtt.packet.SubscriptionOptions;
import io.carillon.mqtt.packet.SubscriptionOptions.RetainHandling;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.session.QueueLimits;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages on their way into the queues of durable sessions, and out again. */
class QueueingTest {
    private TestNode node = TestNode.start();

    @AfterEach
    void nothingFailedOnALoop() {
        node.assertHealthy();
    }

    /** Acknowledged means stored [MQTT-4.3.2-4] [MQTT-4.3.3-8] [MQTT3-4.3.2-2] [MQTT3-4.3.3-2]. */
    @Test
    void aReceiptIsToldOnlyOnceAllShardsHaveStored() {
        for (int i = 0; i < 10; i++) {
            TestClient.durable(node, "c" + i).subscribe("a", QoS.AT_LEAST_ONCE).vanish();
        }
        TestNode.TestReceipt receipt = node.publish("a", "x", QoS.AT_LEAST_ONCE);
        node.runWithoutSync();
        assertNull(receipt.outcome());
        node.run();
        assertEquals(ReasonCode.SUCCESS, receipt.outcome());
        node = node.crash();
        for (int i = 0; i < 10; i++) {
            assertEquals(
                    List.of("publish a=x q1 #1"),
                    TestClient.durable(node, "c" + i).takeAndAcknowledge());
        }
    }

    @Test
    void whatNobodyWantsIsDoneAtOnce() {
        assertEquals(
                ReasonCode.NO_MATCHING_SUBSCRIBERS,
                node.publish("a", "x", QoS.AT_LEAST_ONCE).outcome());
    }

    /** A message goes out once it is stored, not before. */
    @Test
    void anOnlineClientGetsAMessageOnceItIsStored() {
        TestClient client = TestClient.durable(node, "c").subscribe("a", QoS.EXACTLY_ONCE);
        node.publish("a", "x", QoS.EXACTLY_ONCE);
        node.runWithoutSync();
        assertEquals(1, client.outlet.sent.size()); // the SUBACK
        assertEquals(List.of("publish a=x q2 #1"), client.take());
    }

    /** [MQTT-3.8.4-8] [MQTT3-3.8.4-6] [MQTT-3.3.1-12] [MQTT-3.3.1-13] [MQTT-3.3.4-3] */
    @Test
    void theSubscriptionSaysHowAMessageComes() {
        TestClient client = TestClient.durable(node, "c");
        SubscriptionOptions kept =
                new SubscriptionOptions(QoS.AT_LEAST_ONCE, false, true, RetainHandling.NEVER);
        client.send(
                new Subscription(TopicFilter.of("kept"), kept, 7),
                TestClient.subscription("cleared", QoS.AT_MOST_ONCE));
        assertEquals(List.of("suback #1 [GRANTED_QOS_1, SUCCESS]"), client.take());
        node.publishRetained("kept", "x", QoS.EXACTLY_ONCE);
        assertEquals(List.of("publish kept=x q1 #1 retain id7"), client.take());
        node.publishRetained("cleared", "y", QoS.EXACTLY_ONCE);
        assertEquals(List.of("publish cleared=y q0"), client.take());
    }

    /** [MQTT-3.8.3-3] */
    @Test
    void noLocalKeepsAClientsOwnMessagesAway() {
        TestClient client = TestClient.durable(node, "publisher");
        SubscriptionOptions noLocal =
                new SubscriptionOptions(QoS.AT_LEAST_ONCE, true, false, RetainHandling.NEVER);
        client.send(new Subscription(TopicFilter.of("a"), noLocal, 0));
        client.take();
        node.publish("a", "own", QoS.AT_LEAST_ONCE);
        assertEquals(List.of(), client.take());
        node.publish(
                new Publication(TestNode.message("a", "other"), QoS.AT_LEAST_ONCE, false, "other"));
        assertEquals(List.of("publish a=other q1 #1"), client.take());
    }

    @Test
    void aMessageForManyIsStoredOnceAndGoesWithTheLastOfThem() {
        node = TestNode.start(1, TestNode.SETTINGS);
        List<TestClient> clients =
                IntStream.range(0, 5).mapToObj(i -> TestClient.durable(node, "c" + i)).toList();
        clients.forEach(each -> each.subscribe("a", QoS.EXACTLY_ONCE));
        node.publish("a", "x", QoS.EXACTLY_ONCE);
        node.run();
        assertEquals(1, node.rows(Spaces.MESSAGES).size());
        assertEquals(5, node.rows(Spaces.QUEUES).size());
        for (TestClient client : clients.subList(0, 4)) {
            client.takeAndAcknowledge();
        }
        assertEquals(1, node.rows(Spaces.MESSAGES).size());
        node = node.crash();
        TestClient.durable(node, "c4").takeAndAcknowledge();
        assertEquals(List.of(), node.rows(Spaces.MESSAGES, Spaces.REFERENCES, Spaces.QUEUES));
    }

    /** Whoever ends, however many pages it leaves. */
    @Test
    void endedSessionsReleaseTheMessagesThatTheyShare() {
        node = TestNode.start(1, TestNode.SETTINGS);
        TestClient.durable(node, "c").subscribe("a", QoS.AT_LEAST_ONCE).vanish();
        TestClient.durable(node, "d").subscribe("a", QoS.AT_LEAST_ONCE).vanish();
        for (int i = 0; i < 700; i++) {
            node.publish("a", "x" + i, QoS.AT_LEAST_ONCE);
        }
        node.run();
        int blocks = node.rows(Spaces.MESSAGES).size();
        assertTrue(blocks > 1 && blocks < 700, "what came together is stored together: " + blocks);
        TestClient.connect(node, "c", DURABLE.clean()).endSession();
        assertEquals(blocks, node.rows(Spaces.MESSAGES).size());
        TestClient.connect(node, "d", DURABLE.clean()).endSession();
        node.assertEmptyStore();
    }

    @Test
    void aCrashWhileASessionIsClearedNeitherRevivesItNorLeavesAnythingBehind() {
        for (int turns = 1; turns < 12; turns++) {
            TestClient.durable(node, "c").subscribe("a", QoS.AT_LEAST_ONCE).vanish();
            TestClient.durable(node, "d").subscribe("a", QoS.AT_LEAST_ONCE).vanish();
            for (int i = 0; i < 600; i++) {
                node.publish("a", "x" + i, QoS.AT_LEAST_ONCE);
            }
            node.run();
            TestClient clean = TestClient.ask(node, "c", DURABLE.clean());
            for (int i = 0; i < turns; i++) {
                node.loops.forEach(loop -> loop.runTurn());
                node.committer.runTurn();
            }
            boolean promised = clean.outlet.attached != null;
            node = node.crash();
            TestClient after = TestClient.durable(node, "c");
            if (promised) {
                assertEquals(List.of(), after.take(), "after " + turns);
            }
            TestClient.connect(node, "c", DURABLE.clean()).endSession();
            TestClient.connect(node, "d", DURABLE.clean()).endSession();
            node.assertEmptyStore();
        }
    }

    /** [MQTT-3.3.2-5] [MQTT-3.3.2-6] */
    @Test
    void whatExpiredWhileItWaitedIsNotSent() {
        TestClient.durable(node, "c").subscribe("a", QoS.AT_LEAST_ONCE).vanish();
        long soon = node.clock.millis() + 5_000;
        Message message =
                new Message(Topic.of("a"), new byte[] {'x'}, MessageProperties.NONE, soon);
        node.publish(new Publication(message, QoS.AT_LEAST_ONCE, false, "p"));
        node.publish("a", "y", QoS.AT_LEAST_ONCE);
        node.advanceSeconds(5);
        TestClient client = TestClient.durable(node, "c");
        assertEquals(List.of("publish a=y q1 #2"), client.takeAndAcknowledge());
        client.endSession();
        node.assertEmptyStore();
    }

    /** Messages of QoS 0 keep their order when a client comes back. */
    @Test
    void qos0MessagesDoNotOvertakeThoseThatWaited() {
        TestClient.durable(node, "c").subscribe("a", QoS.AT_MOST_ONCE).vanish();
        node.publish("a", "1", QoS.AT_MOST_ONCE);
        node.publish("a", "2", QoS.AT_MOST_ONCE);
        node.run();
        TestClient client = TestClient.ask(node, "c", DURABLE);
        while (client.outlet.attached == null) {
            node.loops.forEach(loop -> loop.runOne());
            node.loops.forEach(loop -> loop.endTurn());
            node.committer.runTurn();
        }
        node.publish("a", "3", QoS.AT_MOST_ONCE);
        assertEquals(List.of("publish a=1 q0", "publish a=2 q0", "publish a=3 q0"), client.take());
        node.publish("a", "4", QoS.AT_MOST_ONCE);
        node.runWithoutSync();
        assertEquals(4, client.outlet.sent.size(), "nothing is stored for one that is online");
    }

    @Test
    void qos0MessagesAreDroppedForThoseAwayWhereTheNodeSaysSo() {
        ShardSettings settings =
                new ShardSettings(TestNode.SETTINGS.queue(), false, 10_000, 10, 10_000, 1_000);
        node = TestNode.start(2, settings);
        TestClient.durable(node, "c").subscribe("a", QoS.AT_MOST_ONCE).vanish();
        node.publish("a", "1", QoS.AT_MOST_ONCE);
        TestClient client = TestClient.durable(node, "c");
        assertEquals(List.of(), client.take());
        assertEquals(1, node.metrics.droppedOffline.sum());
        client.outlet.congested = true;
        node.publish("a", "2", QoS.AT_MOST_ONCE);
        node.run();
        client.outlet.congested = false;
        node.publish("a", "3", QoS.AT_MOST_ONCE);
        assertEquals(List.of("publish a=3 q0"), client.take());
    }

    @Test
    void whatASlowConnectionDoesNotTakeWaitsUntilItDoes() {
        TestClient client = TestClient.durable(node, "c").subscribe("a", QoS.AT_LEAST_ONCE);
        client.outlet.congestedFrom = 3;
        for (int i = 0; i < 10; i++) {
            node.publish("a", "x" + i, QoS.AT_LEAST_ONCE);
            node.run();
        }
        assertEquals(3, client.outlet.sent.size());
        client.outlet.congestedFrom = Integer.MAX_VALUE;
        node.shards.drained("c", client.outlet.attachment());
        node.run();
        assertEquals(11, client.outlet.sent.size());
    }

    @Test
    void aQueueThatIsFullRefusesAndSaysSo() {
        QueueLimits three = new QueueLimits(3, 1_000, false, 16);
        node = TestNode.start(2, new ShardSettings(three, true, 10_000, 10, 10_000, 1_000));
        TestClient.durable(node, "c").subscribe("a", QoS.AT_LEAST_ONCE).vanish();
        for (int i = 0; i < 5; i++) {
            TestNode.TestReceipt receipt = node.publish("a", "x" + i, QoS.AT_LEAST_ONCE);
            node.run();
            assertEquals(i < 3 ? ReasonCode.SUCCESS : ReasonCode.QUOTA_EXCEEDED, receipt.outcome());
        }
        assertEquals(2, node.metrics.queueFull.sum());
        assertEquals(
                List.of("publish a=x0 q1 #1", "publish a=x1 q1 #2", "publish a=x2 q1 #3"),
                TestClient.durable(node, "c").takeAndAcknowledge());
    }

    @Test
    void tooMuchThatWaitsForTheDiskIsRefused() {
        ShardSettings settings =
                new ShardSettings(TestNode.SETTINGS.queue(), true, 10_000, 10, 10_000, 5);
        node = TestNode.start(1, settings);
        TestClient.durable(node, "c").subscribe("a", QoS.AT_LEAST_ONCE).vanish();
        List<TestNode.TestReceipt> receipts =
                IntStream.range(0, 8)
                        .mapToObj(i -> node.publish("a", "x" + i, QoS.AT_LEAST_ONCE))
                        .toList();
        node.run();
        assertEquals(5, receipts.stream().filter(r -> r.outcome() == ReasonCode.SUCCESS).count());
        assertTrue(receipts.stream().allMatch(r -> r.outcome() != null));
    }
}
