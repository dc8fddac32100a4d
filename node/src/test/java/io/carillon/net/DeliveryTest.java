package io.carillon.net;

import static io.carillon.net.TestClient.connect;
import static io.carillon.net.TestClient.properties;
import static io.carillon.net.TestClient.publish;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.packet.Disconnect;
import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.MessageProperties;
import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.Pubcomp;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.Pubrec;
import io.carillon.mqtt.packet.Pubrel;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.SubscriptionOptions;
import io.carillon.mqtt.packet.SubscriptionOptions.RetainHandling;
import io.carillon.mqtt.packet.Topic;
import io.carillon.net.lane.NetCount;
import io.carillon.session.QueueLimits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What reaches a client with a transient session, and in which form. */
final class DeliveryTest {
    private static final int NO_LIMIT = Integer.MAX_VALUE;

    private final TestLimits limits = new TestLimits();

    private static SubscriptionOptions options(QoS qos, boolean noLocal, boolean asPublished) {
        return new SubscriptionOptions(qos, noLocal, asPublished, RetainHandling.ALWAYS);
    }

    /** [MQTT-3.3.1-12] [MQTT-3.3.1-13] */
    @Test
    void keepsTheRetainFlagOnlyForThoseWhoWantIt() {
        TestBroker broker = new TestBroker();
        TestClient keeps = broker.open().in(MqttVersion.V5, "keeps");
        keeps.subscribed("a", options(QoS.AT_MOST_ONCE, false, true), 0);
        TestClient drops = broker.open().in(MqttVersion.V5, "drops");
        drops.subscribed("a", options(QoS.AT_MOST_ONCE, false, false), 0);
        broker.open().in(MqttVersion.V5, "w").send(publish("a", "x", QoS.AT_MOST_ONCE, 0, true));
        assertTrue(keeps.expect(Publish.class).retain());
        assertFalse(drops.expect(Publish.class).retain());
    }

    /** [MQTT-3.8.3-3] */
    @Test
    void bringsAClientNothingOfItsOwnIfItWantsNone() {
        TestBroker broker = new TestBroker();
        TestClient client = broker.open().in(MqttVersion.V5, "c");
        client.subscribed("a", options(QoS.AT_MOST_ONCE, true, false), 0);
        client.send(publish("a", "own", QoS.AT_MOST_ONCE, 0)).expectNothing();
        broker.open().in(MqttVersion.V5, "w").send(publish("a", "x", QoS.AT_MOST_ONCE, 0));
        client.expect(publish("a", "x", QoS.AT_MOST_ONCE, 0));
    }

    /** [MQTT-3.3.4-2] [MQTT-3.3.4-3] [MQTT-3.3.4-4] [MQTT3-3.3.5-1] */
    @Test
    void bringsOneCopyForOverlappingSubscriptions() {
        TestBroker broker = new TestBroker();
        TestClient client = broker.open().in(MqttVersion.V5, "c");
        client.subscribed("a/+", SubscriptionOptions.of(QoS.AT_MOST_ONCE), 7);
        client.subscribed("a/#", SubscriptionOptions.of(QoS.AT_LEAST_ONCE), 300);
        broker.open().in(MqttVersion.V5, "w").send(publish("a/b", "x", QoS.AT_LEAST_ONCE, 1));
        Publish copy = client.expect(Publish.class);
        assertEquals(QoS.AT_LEAST_ONCE, copy.qos());
        int[] identifiers = copy.subscriptionIdentifiers().clone();
        java.util.Arrays.sort(identifiers);
        assertArrayEquals(new int[] {7, 300}, identifiers);
        client.expectNothing();
    }

    /** [MQTT-3.3.4-9] [MQTT-3.3.4-10] [MQTT-4.9.0-1] [MQTT-4.9.0-2] [MQTT-4.9.0-3] */
    @Test
    void keepsToTheReceiveMaximumOfTheClient() {
        TestBroker broker = new TestBroker();
        TestClient client =
                broker.open()
                        .in(connect("c", properties(0, 2, NO_LIMIT, 0)))
                        .subscribed("#", QoS.EXACTLY_ONCE);
        TestClient writer = broker.open().in(MqttVersion.V5, "w");
        for (int i = 1; i <= 4; i++) {
            QoS qos = i % 2 == 0 ? QoS.EXACTLY_ONCE : QoS.AT_LEAST_ONCE;
            writer.send(publish("t", "" + i, qos, i));
        }
        writer.send(publish("t", "0", QoS.AT_MOST_ONCE, 0));
        client.expect(publish("t", "1", QoS.AT_LEAST_ONCE, 1));
        client.expect(publish("t", "2", QoS.EXACTLY_ONCE, 2));
        client.expect(publish("t", "0", QoS.AT_MOST_ONCE, 0)).expectNothing();
        client.send(new Puback(1));
        client.expect(publish("t", "3", QoS.AT_LEAST_ONCE, 3)).expectNothing();
        client.send(new Pubrec(2)).expect(new Pubrel(2)).expectNothing();
        client.send(new Pubcomp(2)).expect(publish("t", "4", QoS.EXACTLY_ONCE, 4));
    }

    /** [MQTT-4.4.0-2] a refused message is over and not sent again. */
    @Test
    void forgetsWhatTheClientRefuses() {
        TestBroker broker = new TestBroker();
        TestClient client =
                broker.open()
                        .in(connect("c", properties(0, 1, NO_LIMIT, 0)))
                        .subscribed("#", QoS.EXACTLY_ONCE);
        TestClient writer = broker.open().in(MqttVersion.V5, "w");
        writer.send(publish("t", "1", QoS.AT_LEAST_ONCE, 1));
        writer.send(publish("t", "2", QoS.EXACTLY_ONCE, 2));
        writer.send(publish("t", "3", QoS.AT_LEAST_ONCE, 3));
        client.expect(publish("t", "1", QoS.AT_LEAST_ONCE, 1));
        client.send(new Puback(1, ReasonCode.QUOTA_EXCEEDED));
        client.expect(publish("t", "2", QoS.EXACTLY_ONCE, 2));
        client.send(new Pubrec(2, ReasonCode.QUOTA_EXCEEDED));
        client.expect(publish("t", "3", QoS.AT_LEAST_ONCE, 3)).expectNothing();
    }

    @Test
    void endsTheConnectionAtAnAnswerOfTheWrongKind() {
        TestBroker broker = new TestBroker();
        TestClient client = broker.open().in(MqttVersion.V5, "c").subscribed("#", QoS.EXACTLY_ONCE);
        broker.open().in(MqttVersion.V5, "w").send(publish("t", "1", QoS.EXACTLY_ONCE, 1));
        client.expect(Publish.class);
        client.send(new Puback(1));
        assertEquals(ReasonCode.PROTOCOL_ERROR, client.expect(Disconnect.class).reason());
        client.expectClosed();
    }

    /** [MQTT-3.1.2-24] [MQTT-3.1.2-25] */
    @Test
    void dropsWhatIsTooLargeForTheClient() {
        TestBroker broker = new TestBroker();
        TestClient client =
                broker.open()
                        .in(connect("c", properties(0, 1, 128, 0)))
                        .subscribed("#", QoS.AT_LEAST_ONCE);
        TestClient writer = broker.open().in(MqttVersion.V5, "w");
        writer.send(publish("t", "x".repeat(200), QoS.AT_LEAST_ONCE, 1));
        writer.send(publish("t", "x".repeat(200), QoS.AT_MOST_ONCE, 0));
        writer.send(publish("t", "small", QoS.AT_LEAST_ONCE, 2));
        client.expect(publish("t", "small", QoS.AT_LEAST_ONCE, 2)).expectNothing();
        assertEquals(2, broker.count(NetCount.DROPPED_TOO_LARGE));
    }

    /** [MQTT-3.3.2-5] [MQTT-3.3.2-6] */
    @Test
    void lessensTheExpiryAndDropsWhatExpired() {
        TestBroker broker = new TestBroker();
        TestClient client =
                broker.open()
                        .in(connect("c", properties(0, 1, NO_LIMIT, 0)))
                        .subscribed("#", QoS.AT_LEAST_ONCE);
        TestClient writer = broker.open().in(MqttVersion.V5, "w");
        writer.send(expiring(broker, 1, 100), expiring(broker, 2, 10), expiring(broker, 3, 100));
        client.expect(Publish.class);
        broker.pass(40_000);
        client.send(new Puback(1));
        Publish third = client.expect(Publish.class);
        assertEquals(3, third.message().payload()[0]);
        assertEquals(60_000, third.message().expiresAtMillis() - broker.clock.millis());
        client.expectNothing();
        assertEquals(1, broker.count(NetCount.DROPPED_EXPIRED));
    }

    private static Publish expiring(TestBroker broker, int id, int seconds) {
        long expiresAt = broker.clock.millis() + seconds * 1_000L;
        Message message =
                new Message(
                        Topic.of("t"), new byte[] {(byte) id}, MessageProperties.NONE, expiresAt);
        return new Publish(message, QoS.AT_LEAST_ONCE, false, false, id);
    }

    /** [MQTT-3.1.2-26] [MQTT-3.3.2-11]: the topic is sent once, then its alias. */
    @Test
    void usesTopicAliasesTowardsAClientThatTakesThem() {
        TestBroker broker = new TestBroker();
        TestClient client =
                broker.open()
                        .in(connect("c", properties(0, 10, NO_LIMIT, 2)))
                        .subscribed("#", QoS.AT_MOST_ONCE);
        TestClient writer = broker.open().in(MqttVersion.V5, "w");
        String topic = "a/rather/long/topic";
        long before = broker.count(NetCount.BYTES_SENT);
        writer.send(publish(topic, "1", QoS.AT_MOST_ONCE, 0));
        long first = broker.count(NetCount.BYTES_SENT) - before;
        writer.send(publish(topic, "2", QoS.AT_MOST_ONCE, 0));
        long second = broker.count(NetCount.BYTES_SENT) - before - first;
        assertEquals(topic.length(), first - second);
        // The decoder resolves both, and refuses an alias above the maximum.
        for (int i = 0; i < 2; i++) {
            assertEquals(topic, client.expect(Publish.class).message().topic().name());
        }
        for (int i = 0; i < 20; i++) {
            writer.send(publish("topic/" + i, "3", QoS.AT_MOST_ONCE, 0));
            assertEquals("topic/" + i, client.expect(Publish.class).message().topic().name());
        }
    }

    /** [MQTT-3.1.2-27] */
    @Test
    void usesNoAliasTowardsOthers() {
        TestBroker broker = new TestBroker();
        TestClient client = broker.open().in(MqttVersion.V5, "c").subscribed("#", QoS.AT_MOST_ONCE);
        TestClient writer = broker.open().in(MqttVersion.V5, "w");
        long before = broker.count(NetCount.BYTES_SENT);
        writer.send(publish("some/topic", "1", QoS.AT_MOST_ONCE, 0));
        long first = broker.count(NetCount.BYTES_SENT) - before;
        writer.send(publish("some/topic", "2", QoS.AT_MOST_ONCE, 0));
        assertEquals(first, broker.count(NetCount.BYTES_SENT) - before - first);
        assertEquals(2, client.all().size());
    }

    /** P8: what a slow client does not read waits within limits, QoS 0 not at all. */
    @Test
    void dropsQos0AndQueuesTheRestForASlowReader() {
        limits.queue = new QueueLimits(2, 1 << 20, false, 10);
        TestBroker broker = new TestBroker(limits);
        TestClient client =
                broker.open().in(MqttVersion.V5, "c").subscribed("#", QoS.AT_LEAST_ONCE);
        TestClient writer = broker.open().in(MqttVersion.V5, "w");
        writable(client, false);
        writer.send(publish("t", "0", QoS.AT_MOST_ONCE, 0));
        for (int i = 1; i <= 3; i++) {
            writer.send(publish("t", "" + i, QoS.AT_LEAST_ONCE, i));
        }
        client.expectNothing();
        assertEquals(1, broker.count(NetCount.DROPPED_SLOW_READER));
        assertEquals(1, broker.count(NetCount.DROPPED_QUEUE_FULL));
        writable(client, true);
        client.expect(publish("t", "1", QoS.AT_LEAST_ONCE, 1));
        client.expect(publish("t", "2", QoS.AT_LEAST_ONCE, 2)).expectNothing();
    }

    @Test
    void disconnectsAClientThatHasNotReadForLong() {
        TestBroker broker = new TestBroker();
        TestClient client = broker.open().in(MqttVersion.V5, "c");
        writable(client, false);
        broker.pass(29_000);
        writable(client, true);
        writable(client, false);
        broker.pass(29_000);
        client.expectOpen();
        broker.pass(1_000);
        client.expectClosed();
        assertEquals(1, broker.count(NetCount.SLOW_READERS_DISCONNECTED));
    }

    static void writable(TestClient client, boolean writable) {
        client.channel().unsafe().outboundBuffer().setUserDefinedWritability(1, writable);
        client.channel().runPendingTasks();
    }

    /**
     * A shared message that its member did not acknowledge goes to another one, also such as waits;
     * QoS 2 only if it was not sent [MQTT-4.8.2-5].
     */
    @Test
    void passesOnWhatAMemberLeavesBehind() {
        TestBroker broker = new TestBroker();
        TestClient leaver =
                broker.open()
                        .in(connect("leaver", properties(0, 2, NO_LIMIT, 0)))
                        .subscribed("$share/g/t", QoS.EXACTLY_ONCE)
                        .subscribed("t", QoS.AT_MOST_ONCE);
        TestClient writer = broker.open().in(MqttVersion.V5, "w");
        writer.send(publish("t", "1", QoS.AT_LEAST_ONCE, 1));
        writer.send(publish("t", "2", QoS.EXACTLY_ONCE, 2));
        writer.send(publish("t", "3", QoS.EXACTLY_ONCE, 3));
        assertEquals(5, leaver.all().size());
        TestClient stayer =
                broker.open().in(MqttVersion.V5, "s").subscribed("$share/g/t", QoS.EXACTLY_ONCE);
        leaver.lose();
        stayer.expect(publish("t", "1", QoS.AT_LEAST_ONCE, 1));
        stayer.expect(publish("t", "3", QoS.EXACTLY_ONCE, 2)).expectNothing();
    }

    /**
     * P4: in order to one client, whatever waits in between [MQTT-4.6.0-5] [MQTT-4.6.0-6]
     * [MQTT3-4.6.0-5] [MQTT3-4.6.0-6].
     */
    @Test
    void deliversInOrder() {
        TestBroker broker = new TestBroker();
        TestClient client =
                broker.open()
                        .in(connect("c", properties(0, 3, NO_LIMIT, 0)))
                        .subscribed("#", QoS.AT_LEAST_ONCE);
        TestClient writer = broker.open().in(MqttVersion.V5, "w");
        int due = 0;
        for (int i = 0; i < 60; i++) {
            writer.send(publish("t", "" + i, QoS.AT_LEAST_ONCE, i + 1));
            if (i % 3 == 0) {
                for (Packet packet : client.all()) {
                    Publish next = (Publish) packet;
                    assertEquals(
                            "" + due++,
                            new String(next.message().payload(), StandardCharsets.UTF_8));
                    client.send(new Puback(next.packetId()));
                }
            }
        }
        for (List<Packet> rest = client.all(); !rest.isEmpty(); rest = client.all()) {
            for (Packet packet : rest) {
                Publish next = (Publish) packet;
                assertEquals(
                        "" + due++, new String(next.message().payload(), StandardCharsets.UTF_8));
                client.send(new Puback(next.packetId()));
            }
        }
        assertEquals(60, due);
    }

    /** [MQTT-3.3.4-5] through a shared and an own subscription come two copies. */
    @Test
    void bringsOneCopyMoreThroughASharedSubscription() {
        TestBroker broker = new TestBroker();
        TestClient client = broker.open().in(MqttVersion.V5, "c");
        client.subscribed("t", SubscriptionOptions.of(QoS.AT_MOST_ONCE), 1);
        client.subscribed("$share/g/t", SubscriptionOptions.of(QoS.AT_MOST_ONCE), 2);
        broker.open().in(MqttVersion.V5, "w").send(publish("t", "x", QoS.AT_MOST_ONCE, 0));
        assertArrayEquals(new int[] {1}, client.expect(Publish.class).subscriptionIdentifiers());
        assertArrayEquals(new int[] {2}, client.expect(Publish.class).subscriptionIdentifiers());
        client.expectNothing();
    }

    /** [MQTT-4.8.2-6] */
    @Test
    void givesARefusedSharedMessageToNobodyElse() {
        TestBroker broker = new TestBroker();
        TestClient first =
                broker.open().in(MqttVersion.V5, "a").subscribed("$share/g/t", QoS.AT_LEAST_ONCE);
        broker.open().in(MqttVersion.V5, "w").send(publish("t", "x", QoS.AT_LEAST_ONCE, 1));
        TestClient second =
                broker.open().in(MqttVersion.V5, "b").subscribed("$share/g/t", QoS.AT_LEAST_ONCE);
        first.expect(publish("t", "x", QoS.AT_LEAST_ONCE, 1));
        first.send(new Puback(1, ReasonCode.QUOTA_EXCEEDED)).lose();
        second.expectNothing();
        assertEquals(0, broker.router.redispatched.size());
    }

    /**
     * [MQTT3-4.6.0-4] PUBRELs leave in the order of the PUBRECs; [MQTT-4.3.3-6] and after them no
     * PUBLISH does. [MQTT-4.8.2-4] a shared one is completed like any other.
     */
    @Test
    void answersPubrecsInTheirOrder() {
        TestBroker broker = new TestBroker();
        TestClient client =
                broker.open()
                        .in(MqttVersion.V3_1_1, "c")
                        .subscribed("$share/g/t", QoS.EXACTLY_ONCE);
        TestClient writer = broker.open().in(MqttVersion.V3_1_1, "w");
        writer.send(publish("t", "1", QoS.EXACTLY_ONCE, 1), publish("t", "2", QoS.EXACTLY_ONCE, 2));
        client.expect(publish("t", "1", QoS.EXACTLY_ONCE, 1));
        client.expect(publish("t", "2", QoS.EXACTLY_ONCE, 2));
        client.send(new Pubrec(2), new Pubrec(1));
        client.expect(new Pubrel(2)).expect(new Pubrel(1)).expectNothing();
        client.send(new Pubcomp(1), new Pubcomp(2)).expectNothing().expectOpen();
    }
}
