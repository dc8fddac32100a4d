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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Retained messages: set, replaced, cleared, expired, limited, looked up and delivered. */
class RetainedTest {
    private TestNode node = TestNode.start();

    @AfterEach
    void nothingFailedOnALoop() {
        node.assertHealthy();
    }

    /** All that a filter finds, page by page. */
    private List<String> find(String filter) {
        List<String> found = new ArrayList<>();
        RetainedQuery[] next = {node.shards.retained(TopicFilter.of(filter))};
        while (next[0] != null) {
            RetainedQuery query = next[0];
            next[0] = null;
            node.shards.read(
                    query,
                    page -> {
                        page.rows()
                                .forEach(
                                        row ->
                                                found.add(
                                                        row.message().topic()
                                                                + "="
                                                                + new String(
                                                                        row.message().payload(),
                                                                        StandardCharsets.UTF_8)));
                        next[0] = page.next();
                    });
            node.run();
        }
        return found.stream().sorted().toList();
    }

    /** [MQTT-3.3.1-5] [MQTT3-3.3.1-5] */
    @Test
    void theNewestMessageOfATopicIsRetainedOnceItIsStored() {
        TestNode.TestReceipt receipt = node.publishRetained("a", "1", QoS.AT_LEAST_ONCE);
        node.runWithoutSync();
        assertNull(receipt.outcome());
        node.run();
        assertEquals(ReasonCode.SUCCESS, receipt.outcome());
        node.publishRetained("a", "2", QoS.AT_MOST_ONCE);
        node.publish("a", "not retained", QoS.AT_LEAST_ONCE);
        node.run();
        node = node.crash();
        assertEquals(List.of("a=2"), find("a"));
        assertEquals(1, node.metrics.retainedMessages.get());
        assertEquals(2, node.metrics.retainedBytes.get());
    }

    /** [MQTT-3.3.1-6] [MQTT-3.3.1-7] [MQTT3-3.3.1-10] [MQTT3-3.3.1-11] */
    @Test
    void anEmptyMessageClearsItsTopic() {
        node.publishRetained("a", "1", QoS.AT_LEAST_ONCE);
        node.publishRetained("a", "", QoS.AT_LEAST_ONCE);
        node.publishRetained("never", "", QoS.AT_LEAST_ONCE);
        assertEquals(List.of(), find("#"));
        node.assertEmptyStore();
    }

    @Test
    void whatExpiresIsNeitherFoundNorKept() {
        expiring("a", "1", 5_000);
        expiring("b", "1", 5_000);
        expiring("b", "2", 60_000);
        assertEquals(List.of("a=1", "b=2"), find("#"));
        node.clock.advanceMillis(5_000);
        assertEquals(List.of("b=2"), find("#"));
        node.advanceSeconds(2);
        assertEquals(1, node.metrics.retainedMessages.get());
        node = node.crash();
        node.advanceSeconds(60);
        node.assertEmptyStore();
    }

    /** The sweep and a new message in one turn: the new one stays. */
    @Test
    void aMessageThatReplacesAnExpiredOneInTheSameTurnStays() {
        node = TestNode.start(1, TestNode.SETTINGS);
        expiring("a", "1", 900);
        node.run();
        node.clock.advanceMillis(1_000);
        node.publishRetained("a", "2", QoS.AT_LEAST_ONCE);
        node.advanceSeconds(3);
        assertEquals(List.of("a=2"), find("a"));
    }

    private void expiring(String topic, String payload, long millis) {
        Message message =
                new Message(
                        Topic.of(topic),
                        payload.getBytes(StandardCharsets.UTF_8),
                        MessageProperties.NONE,
                        node.clock.millis() + millis);
        node.publish(new Publication(message, QoS.AT_LEAST_ONCE, true, "p"));
    }

    @Test
    void aFullStoreRefusesFurtherTopicsAndGrowthButTakesWhatReplaces() {
        ShardSettings settings =
                new ShardSettings(TestNode.SETTINGS.queue(), true, 10_000, 3, 20, 1_000);
        node = TestNode.start(1, settings);
        assertEquals(ReasonCode.SUCCESS, retain("a", "12345"));
        assertEquals(ReasonCode.SUCCESS, retain("b", "12345"));
        assertEquals(ReasonCode.QUOTA_EXCEEDED, retain("c", "1234567890"));
        assertEquals(ReasonCode.SUCCESS, retain("c", "1"));
        assertEquals(ReasonCode.QUOTA_EXCEEDED, retain("d", "1"));
        assertEquals(ReasonCode.QUOTA_EXCEEDED, retain("a", "123456789012345"));
        assertEquals(ReasonCode.SUCCESS, retain("a", "54321"));
        assertEquals(ReasonCode.SUCCESS, retain("b", ""));
        assertEquals(ReasonCode.SUCCESS, retain("d", "1"));
        assertEquals(List.of("a=54321", "c=1", "d=1"), find("#"));
    }

    private ReasonCode retain(String topic, String payload) {
        TestNode.TestReceipt receipt = node.publishRetained(topic, payload, QoS.AT_LEAST_ONCE);
        node.run();
        return receipt.outcome();
    }

    @Test
    void aLookUpGoesShardByShardAndPageByPage() {
        ShardSettings settings =
                new ShardSettings(
                        TestNode.SETTINGS.queue(), true, 10_000, 10_000, 1 << 20, 100_000);
        node = TestNode.start(4, settings);
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            node.publishRetained("t/" + i, "" + i, QoS.AT_LEAST_ONCE);
            all.add("t/" + i + "=" + i);
        }
        assertEquals(all.stream().sorted().toList(), find("t/+"));
        assertEquals(List.of("t/77=77"), find("t/77"));
        assertEquals(List.of(), find("t"));
    }

    /** [MQTT-3.3.1-8] [MQTT-3.3.1-9] [MQTT-3.8.4-4] [MQTT3-3.3.1-6] [MQTT3-3.3.1-8] */
    @Test
    void aNewSubscriptionGetsWhatIsRetained() {
        node.publishRetained("a/1", "x", QoS.AT_LEAST_ONCE);
        node.publishRetained("a/2", "y", QoS.EXACTLY_ONCE);
        TestClient client = TestClient.durable(node, "c");
        client.send(subscription("a/+", RetainHandling.ALWAYS));
        List<String> got = client.takeAndAcknowledge();
        assertEquals("suback #1 [GRANTED_QOS_1]", got.getFirst());
        assertEquals(
                List.of("publish a/1=x q1 retain id7", "publish a/2=y q1 retain id7"),
                got.stream().skip(1).map(text -> text.replaceAll(" #\\d", "")).sorted().toList());
        client.send(subscription("a/+", RetainHandling.ALWAYS));
        assertEquals(3, client.takeAndAcknowledge().size());
        client.endSession();
        assertTrue(node.rows(Spaces.QUEUES).isEmpty());
    }

    /** [MQTT-3.3.1-10] [MQTT-3.3.1-11] */
    @Test
    void retainHandlingSaysWhetherItComes() {
        node.publishRetained("a", "x", QoS.AT_LEAST_ONCE);
        TestClient client = TestClient.durable(node, "c");
        client.send(subscription("a", RetainHandling.NEVER));
        assertEquals(1, client.takeAndAcknowledge().size());
        client.send(subscription("a", RetainHandling.IF_NEW));
        assertEquals(1, client.takeAndAcknowledge().size());
        client.unsubscribe("a");
        client.send(subscription("a", RetainHandling.IF_NEW));
        assertEquals(3, client.takeAndAcknowledge().size());
        client.send(subscription("$share/g/a", RetainHandling.ALWAYS));
        assertEquals(1, client.takeAndAcknowledge().size());
    }

    private static Subscription subscription(String filter, RetainHandling handling) {
        return new Subscription(
                TopicFilter.of(filter),
                new SubscriptionOptions(QoS.AT_LEAST_ONCE, false, false, handling),
                7);
    }

    /** More than a queue holds comes all the same, as fast as the client takes it. */
    @Test
    void retainedMessagesComeAsThereIsRoom() {
        QueueLimits small = new QueueLimits(20, 1_000, true, 4);
        node = TestNode.start(2, new ShardSettings(small, true, 10_000, 10_000, 1 << 20, 1_000));
        for (int i = 0; i < 700; i++) {
            node.publishRetained("t/" + i, "x", i % 2 == 0 ? QoS.AT_LEAST_ONCE : QoS.AT_MOST_ONCE);
        }
        TestClient client = TestClient.durable(node, "c");
        client.send(TestClient.subscription("#", QoS.EXACTLY_ONCE));
        assertEquals(701, client.takeAndAcknowledge().size());
        assertEquals(0, node.metrics.queueFull.sum());
    }

    @Test
    void whoLeavesMeanwhileGetsNoFurtherPages() {
        for (int i = 0; i < 50; i++) {
            node.publishRetained("t/" + i, "x", QoS.AT_LEAST_ONCE);
        }
        TestClient client = TestClient.durable(node, "c");
        client.send(TestClient.subscription("#", QoS.EXACTLY_ONCE));
        client.vanish();
        TestClient.connect(node, "c", DURABLE.clean()).endSession();
        assertTrue(node.rows(Spaces.QUEUES).isEmpty());
    }
}
