package io.carillon.net;

import static io.carillon.net.TestClient.publish;
import static io.carillon.net.TestClient.subscribe;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.packet.Disconnect;
import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Suback;
import io.carillon.mqtt.packet.Subscribe;
import io.carillon.mqtt.packet.SubscriptionOptions;
import io.carillon.mqtt.packet.SubscriptionOptions.RetainHandling;
import io.carillon.mqtt.packet.Unsuback;
import io.carillon.mqtt.packet.Unsubscribe;
import io.carillon.mqtt.packet.UserProperties;
import io.carillon.net.lane.NetCount;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** SUBSCRIBE and UNSUBSCRIBE of clients with transient sessions, and their retained messages. */
final class SubscribeTest {
    private final TestLimits limits = new TestLimits();

    private static Subscribe all(QoS qos, String... filters) {
        return new Subscribe(
                5,
                Stream.of(filters)
                        .map(each -> new Subscribe.Request(each, SubscriptionOptions.of(qos)))
                        .toList(),
                0,
                UserProperties.NONE);
    }

    private static Unsubscribe unsubscribe(int id, String... filters) {
        return new Unsubscribe(id, List.of(filters), UserProperties.NONE);
    }

    private static SubscriptionOptions handling(RetainHandling handling) {
        return new SubscriptionOptions(QoS.AT_LEAST_ONCE, false, false, handling);
    }

    /**
     * [MQTT-3.8.4-1] [MQTT-3.8.4-2] [MQTT-3.8.4-5] [MQTT-3.8.4-6] [MQTT-3.8.4-7] [MQTT-3.9.3-1]
     * [MQTT-2.2.1-6] a wrong filter does not spoil the others.
     */
    @Test
    void answersFilterByFilter() {
        limits.subscriptionsMax = 2;
        TestClient client = new TestBroker(limits).open().in(MqttVersion.V5, "c");
        client.send(all(QoS.EXACTLY_ONCE, "a", "a/#/b", "secret/#", "b", "c"));
        client.expect(
                new Suback(
                        5,
                        List.of(
                                ReasonCode.GRANTED_QOS_2,
                                ReasonCode.TOPIC_FILTER_INVALID,
                                ReasonCode.NOT_AUTHORIZED,
                                ReasonCode.GRANTED_QOS_2,
                                ReasonCode.QUOTA_EXCEEDED)));
        client.send(all(QoS.AT_MOST_ONCE, "b"));
        client.expect(new Suback(5, List.of(ReasonCode.SUCCESS)));
    }

    /**
     * [MQTT3-3.8.4-1] [MQTT3-3.8.4-2] [MQTT3-3.8.4-4] [MQTT3-3.8.4-5] [MQTT3-3.9.3-1]
     * [MQTT3-2.3.1-7]
     */
    @Test
    void answersAnOldClientFilterByFilter() {
        TestClient client = new TestBroker().open().in(MqttVersion.V3_1_1, "c");
        client.send(all(QoS.AT_LEAST_ONCE, "a", "secret/x"));
        Suback suback = client.expect(Suback.class);
        assertEquals(5, suback.packetId());
        assertEquals(
                List.of(ReasonCode.GRANTED_QOS_1, ReasonCode.UNSPECIFIED_ERROR), suback.reasons());
    }

    @Test
    void refusesWhatTheOperatorSwitchedOff() {
        limits.wildcards = false;
        limits.shared = false;
        limits.maximumQos = QoS.AT_LEAST_ONCE;
        TestClient client = new TestBroker(limits).open().in(MqttVersion.V5, "c");
        client.send(all(QoS.EXACTLY_ONCE, "a/+", "$share/g/a", "a"));
        // [MQTT3-3.8.3-2] [MQTT-3.2.2-10]
        client.expect(
                new Suback(
                        5,
                        List.of(
                                ReasonCode.WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED,
                                ReasonCode.SHARED_SUBSCRIPTIONS_NOT_SUPPORTED,
                                ReasonCode.GRANTED_QOS_1)));
    }

    @Test
    void takesNoIdentifierWhereTheyAreOff() {
        limits.identifiers = false;
        TestClient client = new TestBroker(limits).open().in(MqttVersion.V5, "c");
        client.send(subscribe("a", SubscriptionOptions.of(QoS.AT_MOST_ONCE), 9));
        assertEquals(
                ReasonCode.SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED,
                client.expect(Disconnect.class).reason());
        client.expectClosed();
    }

    /** [MQTT-3.8.3-4] */
    @Test
    void takesNoSharedSubscriptionWithoutOwnMessages() {
        TestClient client = new TestBroker().open().in(MqttVersion.V5, "c");
        SubscriptionOptions noLocal =
                new SubscriptionOptions(QoS.AT_MOST_ONCE, true, false, RetainHandling.ALWAYS);
        client.send(subscribe("$share/g/a", noLocal, 0));
        assertEquals(ReasonCode.PROTOCOL_ERROR, client.expect(Disconnect.class).reason());
        client.expectClosed();
    }

    /** [MQTT-3.8.4-3] [MQTT3-3.8.4-3] */
    @ParameterizedTest
    @EnumSource
    void replacesASubscription(MqttVersion version) {
        TestBroker broker = new TestBroker();
        TestClient client = broker.open().in(version, "c");
        client.subscribed("a", QoS.AT_LEAST_ONCE).subscribed("a", QoS.AT_MOST_ONCE);
        broker.open().in(version, "w").send(publish("a", "x", QoS.AT_LEAST_ONCE, 1));
        client.expect(publish("a", "x", QoS.AT_MOST_ONCE, 0)).expectNothing();
        assertEquals(1, broker.topics.subscriptionCount());
    }

    /**
     * [MQTT-3.10.4-1] [MQTT-3.10.4-2] [MQTT-3.10.4-4] [MQTT-3.10.4-5] [MQTT-3.10.4-6]
     * [MQTT-3.11.3-1] [MQTT3-3.10.4-1] [MQTT3-3.10.4-2] [MQTT3-3.10.4-4] [MQTT3-3.10.4-5]
     * [MQTT3-3.10.4-6]
     */
    @ParameterizedTest
    @EnumSource
    void unsubscribes(MqttVersion version) {
        TestBroker broker = new TestBroker();
        TestClient client = broker.open().in(version, "c");
        client.subscribed("a/b", QoS.AT_LEAST_ONCE).subscribed("$share/g/a/b", QoS.AT_MOST_ONCE);
        client.send(unsubscribe(6, "a/+", "a/b", "$share/g/a/b"));
        Unsuback unsuback = client.expect(Unsuback.class);
        assertEquals(6, unsuback.packetId());
        if (version == MqttVersion.V5) {
            assertEquals(
                    List.of(
                            ReasonCode.NO_SUBSCRIPTION_EXISTED,
                            ReasonCode.SUCCESS,
                            ReasonCode.SUCCESS),
                    unsuback.reasons());
        }
        broker.open().in(version, "w").send(publish("a/b", "x", QoS.AT_LEAST_ONCE, 1));
        client.expectNothing();
        assertEquals(0, broker.topics.subscriptionCount());
    }

    /** [MQTT-3.10.4-3] [MQTT3-3.10.4-3] what was begun is completed. */
    @Test
    void completesWhatWasBegunBeforeTheUnsubscribe() {
        TestBroker broker = new TestBroker();
        TestClient client =
                broker.open()
                        .in(
                                TestClient.connect(
                                        "c", TestClient.properties(0, 1, Integer.MAX_VALUE, 0)))
                        .subscribed("a", QoS.AT_LEAST_ONCE);
        TestClient writer = broker.open().in(MqttVersion.V5, "w");
        writer.send(publish("a", "1", QoS.AT_LEAST_ONCE, 1));
        writer.send(publish("a", "2", QoS.AT_LEAST_ONCE, 2));
        client.expect(publish("a", "1", QoS.AT_LEAST_ONCE, 1));
        client.send(unsubscribe(6, "a"));
        client.expect(Unsuback.class);
        client.send(new io.carillon.mqtt.packet.Puback(1));
        client.expect(publish("a", "2", QoS.AT_LEAST_ONCE, 2));
    }

    /** P3: SUBACK waits until all nodes know the route. */
    @Test
    void answersOnceOtherNodesKnowTheRoute() {
        TestBroker broker = new TestBroker();
        broker.barrierUp = true;
        TestClient client = broker.open().in(MqttVersion.V5, "c");
        client.send(all(QoS.AT_MOST_ONCE, "a")).expectNothing();
        broker.barrier.getFirst().run();
        client.expect(Suback.class);
    }

    /** P3 for a client that is gone by then. */
    @Test
    void answersNobodyOnceTheClientIsGone() {
        TestBroker broker = new TestBroker();
        broker.barrierUp = true;
        TestClient client = broker.open().in(MqttVersion.V5, "c");
        client.send(all(QoS.AT_MOST_ONCE, "a")).lose();
        broker.barrier.getFirst().run();
        assertEquals(0, broker.topics.subscriptionCount());
    }

    /**
     * [MQTT-3.3.1-9] [MQTT3-3.3.1-6] [MQTT3-3.3.1-8] SUBACK first, then all pages, at the lower QoS
     * and with the retain flag.
     */
    @ParameterizedTest
    @EnumSource
    void bringsRetainedMessages(MqttVersion version) {
        TestBroker broker = new TestBroker();
        for (int i = 0; i < 5; i++) {
            broker.retained.keep("kept/" + i, "" + i, QoS.EXACTLY_ONCE);
        }
        TestClient client = broker.open().in(version, "c");
        client.subscribed("kept/#", QoS.AT_LEAST_ONCE);
        for (int i = 0; i < 5; i++) {
            client.expect(publish("kept/" + i, "" + i, QoS.AT_LEAST_ONCE, i + 1, true));
        }
        client.expectNothing();
    }

    /** [MQTT-3.3.1-9] [MQTT-3.3.1-10] [MQTT-3.3.1-11] [MQTT-3.8.4-4] */
    @Test
    void bringsRetainedMessagesWhenTheyAreWanted() {
        TestBroker broker = new TestBroker();
        broker.retained.keep("kept/a", "x", QoS.AT_MOST_ONCE);
        TestClient client = broker.open().in(MqttVersion.V5, "c");
        client.subscribed("kept/a", handling(RetainHandling.NEVER), 0).expectNothing();
        client.subscribed("kept/a", handling(RetainHandling.IF_NEW), 0).expectNothing();
        client.subscribed("kept/a", handling(RetainHandling.ALWAYS), 3);
        assertEquals(3, client.expect(Publish.class).subscriptionIdentifiers()[0]);
        client.subscribed("kept/#", handling(RetainHandling.IF_NEW), 0);
        client.expect(Publish.class);
        client.expectNothing();
    }

    /** A shared subscription gets no retained messages. */
    @Test
    void bringsNoRetainedMessagesToASharedSubscription() {
        TestBroker broker = new TestBroker();
        broker.retained.keep("kept/a", "x", QoS.AT_MOST_ONCE);
        broker.open()
                .in(MqttVersion.V5, "c")
                .subscribed("$share/g/kept/a", QoS.AT_MOST_ONCE)
                .expectNothing();
        assertEquals(0, broker.retained.reads);
    }

    /** P8: the next page is read when the client has taken the last. */
    @Test
    void readsOnlyAsFastAsTheClientDoes() {
        TestBroker broker = new TestBroker();
        for (int i = 0; i < 6; i++) {
            broker.retained.keep("kept/" + i, "" + i, QoS.AT_MOST_ONCE);
        }
        TestClient client = broker.open().in(MqttVersion.V5, "c");
        DeliveryTest.writable(client, false);
        client.subscribed("kept/#", QoS.AT_MOST_ONCE).expectNothing();
        assertEquals(0, broker.retained.reads);
        DeliveryTest.writable(client, true);
        assertEquals(6, client.all().size());
        assertEquals(3, broker.retained.reads);
        assertEquals(0, broker.count(NetCount.DROPPED_SLOW_READER));
    }

    /** P8 for QoS 1: pages wait for acknowledgements. */
    @Test
    void readsOnlyAsFastAsTheClientAcknowledges() {
        TestBroker broker = new TestBroker();
        int count = RetainedFeed.WAITING_MAX + 40;
        for (int i = 0; i < count; i++) {
            broker.retained.keep("kept/" + i, "" + i, QoS.AT_LEAST_ONCE);
        }
        TestClient client = broker.open().in(MqttVersion.V5, "c");
        client.subscribed("kept/#", QoS.AT_LEAST_ONCE);
        assertTrue(broker.retained.reads < count / 2);
        int taken = 0;
        for (List<Packet> some = client.all(); !some.isEmpty(); some = client.all()) {
            for (Packet packet : some) {
                taken++;
                client.send(new io.carillon.mqtt.packet.Puback(((Publish) packet).packetId()));
            }
        }
        assertEquals(count, taken);
    }

    /** P4: an older retained message does not follow a newer one that came by itself. */
    @Test
    void bringsNoRetainedMessageBehindANewerOne() {
        TestBroker broker = new TestBroker();
        broker.retained.keep("kept/a", "old", QoS.AT_MOST_ONCE);
        broker.retained.keep("kept/b", "old", QoS.AT_MOST_ONCE);
        broker.retained.later = true;
        TestClient client = broker.open().in(MqttVersion.V5, "c");
        client.subscribed("kept/#", QoS.AT_MOST_ONCE);
        broker.open()
                .in(MqttVersion.V5, "w")
                .send(publish("kept/a", "new", QoS.AT_MOST_ONCE, 0, true));
        client.expect(publish("kept/a", "new", QoS.AT_MOST_ONCE, 0));
        broker.retained.held.getFirst().run();
        client.expect(publish("kept/b", "old", QoS.AT_MOST_ONCE, 0, true)).expectNothing();
    }

    @Test
    void bringsNothingMoreAfterUnsubscribe() {
        TestBroker broker = new TestBroker();
        broker.retained.keep("kept/a", "x", QoS.AT_MOST_ONCE);
        broker.retained.later = true;
        TestClient client = broker.open().in(MqttVersion.V5, "c");
        client.subscribed("kept/#", QoS.AT_MOST_ONCE).send(unsubscribe(6, "kept/#"));
        client.expect(Unsuback.class);
        broker.retained.held.getFirst().run();
        client.expectNothing();
        assertFalse(broker.retained.rows.isEmpty());
    }
}
