package io.carillon.shard;

import static io.carillon.shard.TestClient.Options.DURABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.retain.RetainedMessages;
import io.carillon.session.QueueLimits;
import io.carillon.storage.Space;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What a start reads, and what it finds again. */
class RestartTest {
    /** A start reads sessions and subscriptions, never queues: their length does not matter. */
    @Test
    void aStartReadsAFewEntriesOfAQueueHoweverLongItIs() {
        int short1 = readsAtStart(10);
        int long1 = readsAtStart(20_000);
        assertTrue(long1 <= short1, short1 + " reads for ten messages, for many " + long1);
    }

    private static int readsAtStart(int messages) {
        QueueLimits large = new QueueLimits(1_000_000, 1 << 30, false, 1);
        TestNode node =
                TestNode.start(
                        2, new ShardSettings(large, true, 10_000, 100_000, 1 << 30, 1_000_000));
        TestClient.durable(node, "away").subscribe("a", QoS.AT_LEAST_ONCE).vanish();
        TestClient.durable(node, "away2").subscribe("a", QoS.AT_LEAST_ONCE).vanish();
        for (int i = 0; i < messages; i++) {
            node.publish("a", "x", QoS.AT_LEAST_ONCE);
            if (i % 10 == 0) {
                node.publishRetained("r/" + i, "x", QoS.AT_LEAST_ONCE);
            }
        }
        node.run();
        List<CountingStore> counting = new ArrayList<>();
        TestNode next =
                node.reopen(
                        0,
                        TestNode.SETTINGS,
                        store -> {
                            counting.add(new CountingStore(store));
                            return counting.getFirst();
                        });
        next.run();
        next.advanceSeconds(2);
        int reads = 0;
        for (Space space :
                List.of(
                        Spaces.QUEUES,
                        Spaces.MESSAGES,
                        Spaces.REFERENCES,
                        RetainedMessages.SPACE)) {
            reads += counting.getFirst().reads(space);
        }
        return reads;
    }

    /** [MQTT-4.1.0-1] [MQTT3-4.1.0-1] */
    @Test
    void subscriptionsAreThereAgainAndThoseLetGoAreNot() {
        TestNode node = TestNode.start();
        TestClient client = TestClient.durable(node, "c");
        client.subscribe("a/+", QoS.AT_LEAST_ONCE).subscribe("b", QoS.EXACTLY_ONCE);
        client.subscribe("gone", QoS.AT_LEAST_ONCE);
        client.subscribe("b", QoS.AT_LEAST_ONCE);
        client.unsubscribe("gone", "never");
        assertEquals(List.of("unsuback #5 [SUCCESS, NO_SUBSCRIPTION_EXISTED]"), client.take());
        node = node.crash();
        assertEquals(2, node.trie.subscriptionCount());
        node.publish("a/1", "x", QoS.EXACTLY_ONCE);
        node.publish("b", "y", QoS.EXACTLY_ONCE);
        assertEquals(
                ReasonCode.NO_MATCHING_SUBSCRIBERS,
                node.publish("gone", "z", QoS.AT_LEAST_ONCE).outcome());
        assertEquals(
                List.of("publish a/1=x q1 #1", "publish b=y q1 #2"),
                TestClient.durable(node, "c").takeAndAcknowledge());
        node.assertHealthy();
    }

    /** [MQTT-3.8.4-1] [MQTT-3.10.4-4]: an answer is a promise, and waits for the store. */
    @Test
    void subackAndUnsubackWaitForTheStore() {
        TestNode node = TestNode.start();
        TestClient client = TestClient.durable(node, "c");
        client.send(TestClient.subscription("a", QoS.AT_LEAST_ONCE));
        client.unsubscribe("a");
        node.runWithoutSync();
        assertEquals(List.of(), client.outlet.sent);
        assertEquals(List.of("suback #1 [GRANTED_QOS_1]", "unsuback #2 [SUCCESS]"), client.take());
    }

    /** The cost of a crash for those that were connected is bounded by their window. */
    @Test
    void attachmentNumbersGrowOverStarts() {
        TestNode node = TestNode.start();
        long before = 0;
        for (Function<TestNode, TestNode> start :
                List.<Function<TestNode, TestNode>>of(n -> n, TestNode::crash, TestNode::crash)) {
            node = start.apply(node);
            long now = TestClient.connect(node, "c", DURABLE).outlet.attachment();
            assertTrue(now > before, now + " after " + before);
            before = now;
        }
    }
}
