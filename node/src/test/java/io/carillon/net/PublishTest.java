package io.carillon.net;

import static io.carillon.net.TestClient.connect;
import static io.carillon.net.TestClient.properties;
import static io.carillon.net.TestClient.publish;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.packet.Disconnect;
import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Pingreq;
import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.Pubcomp;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.Pubrec;
import io.carillon.mqtt.packet.Pubrel;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Topic;
import io.carillon.net.lane.NetCount;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What clients with transient sessions publish and what they are answered. */
final class PublishTest {
    private static final int NO_LIMIT = Integer.MAX_VALUE;

    private final TestLimits limits = new TestLimits();

    static Stream<Arguments> versionsAndQos() {
        return Stream.of(MqttVersion.values())
                .flatMap(version -> Stream.of(QoS.values()).map(qos -> Arguments.of(version, qos)));
    }

    /**
     * Every version at every QoS: the message arrives once, and both handshakes come to their end.
     * [MQTT-3.3.4-1] [MQTT3-3.3.4-1] [MQTT-4.3.1-1] [MQTT3-4.3.1-1] [MQTT-4.3.2-1] [MQTT-4.3.2-2]
     * [MQTT-4.3.2-4] [MQTT3-4.3.2-1] [MQTT3-4.3.2-2] [MQTT-4.3.3-1] [MQTT-4.3.3-2] [MQTT-4.3.3-4]
     * [MQTT-4.3.3-8] [MQTT-4.3.3-11] [MQTT3-4.3.3-1] [MQTT3-4.3.3-2] [MQTT-2.2.1-5] [MQTT3-2.3.1-6]
     * [MQTT-4.5.0-1] [MQTT3-4.5.0-1] [MQTT-3.3.2-3] [MQTT3-3.3.2-3] [MQTT-3.3.1-12] [MQTT3-3.3.1-9]
     */
    @ParameterizedTest
    @MethodSource("versionsAndQos")
    void carriesAMessage(MqttVersion version, QoS qos) {
        TestBroker broker = new TestBroker();
        TestClient reader = broker.open().in(version, "reader").subscribed("a/+", qos);
        TestClient writer = broker.open().in(version, "writer");
        int id = qos.acknowledged() ? 11 : 0;
        writer.send(publish("a/b", "x", qos, id, true));
        switch (qos) {
            case AT_MOST_ONCE -> reader.expect(publish("a/b", "x", qos, 0));
            case AT_LEAST_ONCE -> {
                writer.expect(new Puback(11));
                reader.expect(publish("a/b", "x", qos, 1)).send(new Puback(1));
            }
            case EXACTLY_ONCE -> {
                writer.expect(new Pubrec(11)).send(new Pubrel(11)).expect(new Pubcomp(11));
                reader.expect(publish("a/b", "x", qos, 1)).send(new Pubrec(1));
                reader.expect(new Pubrel(1)).send(new Pubcomp(1));
            }
        }
        writer.expectNothing().expectOpen();
        reader.expectNothing().expectOpen();
    }

    /** [MQTT-3.8.4-8] [MQTT3-3.8.4-6] */
    @ParameterizedTest
    @MethodSource("versionsAndQos")
    void deliversAtTheLowerQos(MqttVersion version, QoS granted) {
        TestBroker broker = new TestBroker();
        TestClient reader = broker.open().in(version, "reader").subscribed("#", granted);
        TestClient writer = broker.open().in(version, "writer");
        writer.send(publish("t", "0", QoS.AT_MOST_ONCE, 0));
        assertEquals(QoS.AT_MOST_ONCE, reader.expect(Publish.class).qos());
        writer.send(publish("t", "2", QoS.EXACTLY_ONCE, 1));
        assertEquals(granted, reader.expect(Publish.class).qos());
    }

    /** A 5.0 client learns that nobody listens; others get their acknowledgement. */
    @ParameterizedTest
    @EnumSource
    void tellsThatNobodyListens(MqttVersion version) {
        TestClient writer = new TestBroker().open().in(version, "w");
        ReasonCode nobody =
                version == MqttVersion.V5 ? ReasonCode.NO_MATCHING_SUBSCRIBERS : ReasonCode.SUCCESS;
        writer.send(publish("a", "x", QoS.AT_LEAST_ONCE, 1)).expect(new Puback(1, nobody));
        writer.send(publish("a", "x", QoS.EXACTLY_ONCE, 2)).expect(new Pubrec(2, nobody));
    }

    /**
     * [MQTT-4.6.0-2] [MQTT-4.6.0-3] [MQTT3-4.6.0-2] [MQTT3-4.6.0-3] whatever the order in which
     * messages become durable.
     */
    @Test
    void acknowledgesInTheOrderOfThePublishes() {
        TestBroker broker = new TestBroker();
        broker.router.held = true;
        TestClient writer = broker.open().in(MqttVersion.V5, "w");
        writer.send(
                publish("a", "1", QoS.AT_LEAST_ONCE, 1),
                publish("a", "2", QoS.EXACTLY_ONCE, 2),
                publish("a", "3", QoS.AT_LEAST_ONCE, 3));
        broker.router.receipts.get(2).done(ReasonCode.SUCCESS);
        broker.router.receipts.get(1).done(ReasonCode.SUCCESS);
        writer.expectNothing();
        broker.router.receipts.get(0).done(ReasonCode.SUCCESS);
        writer.expect(new Puback(1)).expect(new Pubrec(2)).expect(new Puback(3));
    }

    /** P1: no acknowledgement without storage; a 5.0 client is told, an old one sent away. */
    @ParameterizedTest
    @EnumSource
    void doesNotAcknowledgeWhatCouldNotBeStored(MqttVersion version) {
        TestBroker broker = new TestBroker();
        broker.router.held = true;
        TestClient writer = broker.open().in(version, "w");
        writer.send(publish("a", "1", QoS.AT_LEAST_ONCE, 1));
        broker.router.receipts.getFirst().done(ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR);
        if (version == MqttVersion.V5) {
            writer.expect(new Puback(1, ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR)).expectOpen();
        } else {
            writer.expectClosed();
        }
    }

    /** What a full queue refuses by its policy: 3.x can't be told, and is not sent away for it. */
    @ParameterizedTest
    @EnumSource
    void tellsOfAFullQueueWhereTheVersionCan(MqttVersion version) {
        TestBroker broker = new TestBroker();
        broker.router.held = true;
        TestClient writer = broker.open().in(version, "w");
        writer.send(publish("a", "1", QoS.AT_LEAST_ONCE, 1));
        broker.router.receipts.getFirst().done(ReasonCode.QUOTA_EXCEEDED);
        boolean told = version == MqttVersion.V5;
        writer.expect(new Puback(1, told ? ReasonCode.QUOTA_EXCEEDED : ReasonCode.SUCCESS))
                .expectOpen();
    }

    /** [MQTT-4.3.3-10] [MQTT-4.3.3-12] [MQTT3-4.3.3-2] */
    @ParameterizedTest
    @EnumSource
    void publishesARepeatedQos2MessageOnce(MqttVersion version) {
        TestBroker broker = new TestBroker();
        TestClient writer = broker.open().in(version, "w");
        Publish first = publish("a", "x", QoS.EXACTLY_ONCE, 5);
        Publish again =
                new Publish(first.message(), first.qos(), first.retain(), true, first.packetId());
        writer.send(first);
        writer.expect(Pubrec.class);
        writer.send(again);
        assertEquals(5, writer.expect(Pubrec.class).packetId());
        writer.send(new Pubrel(5)).expect(new Pubcomp(5));
        assertEquals(1, broker.router.published.size());
        writer.send(first);
        writer.expect(Pubrec.class);
        assertEquals(2, broker.router.published.size());
    }

    /** P1: a repeat is not acknowledged before its first one is stored. */
    @Test
    void doesNotAcknowledgeARepeatEarly() {
        TestBroker broker = new TestBroker();
        broker.router.held = true;
        TestClient writer = broker.open().in(MqttVersion.V3_1_1, "w");
        Publish first = publish("a", "x", QoS.EXACTLY_ONCE, 5);
        writer.send(first, first).expectNothing();
        broker.router.receipts.getFirst().done(ReasonCode.SUCCESS);
        writer.expect(new Pubrec(5)).expectNothing();
        assertEquals(1, broker.router.published.size());
    }

    @Test
    void answersAPubrelOfNothing() {
        TestBroker broker = new TestBroker();
        broker.open()
                .in(MqttVersion.V5, "a")
                .send(new Pubrel(9))
                .expect(new Pubcomp(9, ReasonCode.PACKET_IDENTIFIER_NOT_FOUND));
        broker.open().in(MqttVersion.V3_1_1, "b").send(new Pubrel(9)).expect(new Pubcomp(9));
    }

    /** [MQTT-4.3.3-9] after an error the identifier is free. */
    @Test
    void forgetsARefusedQos2Message() {
        TestBroker broker = new TestBroker();
        TestClient writer = broker.open().in(MqttVersion.V5, "w");
        writer.send(publish("secret/x", "1", QoS.EXACTLY_ONCE, 5));
        writer.expect(new Pubrec(5, ReasonCode.NOT_AUTHORIZED));
        writer.send(publish("open/x", "2", QoS.EXACTLY_ONCE, 5));
        writer.expect(new Pubrec(5, ReasonCode.NO_MATCHING_SUBSCRIBERS));
        assertEquals(1, broker.router.published.size());
    }

    /** [MQTT3-3.3.5-2] */
    @ParameterizedTest
    @MethodSource("versionsAndQos")
    void dropsWhatAClientMayNotPublish(MqttVersion version, QoS qos) {
        TestBroker broker = new TestBroker();
        TestClient writer = broker.open().in(version, "w");
        writer.send(publish("secret/x", "1", qos, qos.acknowledged() ? 5 : 0));
        ReasonCode reason =
                version == MqttVersion.V5 ? ReasonCode.NOT_AUTHORIZED : ReasonCode.SUCCESS;
        switch (qos) {
            case AT_MOST_ONCE -> {}
            case AT_LEAST_ONCE -> writer.expect(new Puback(5, reason));
            case EXACTLY_ONCE -> writer.expect(new Pubrec(5, reason));
        }
        writer.expectNothing().expectOpen();
        assertEquals(0, broker.router.published.size());
        assertEquals(1, broker.count(NetCount.PUBLISHES_NOT_AUTHORIZED));
    }

    /** [MQTT-3.3.4-7] */
    @Test
    void endsTheConnectionAboveTheReceiveMaximum() {
        limits.receiveMaximum = 2;
        TestBroker broker = new TestBroker(limits);
        broker.router.held = true;
        TestClient writer = broker.open().in(MqttVersion.V5, "w");
        writer.send(
                publish("a", "1", QoS.AT_LEAST_ONCE, 1), publish("a", "2", QoS.AT_LEAST_ONCE, 2));
        writer.expectOpen();
        broker.router.receipts.getFirst().done(ReasonCode.SUCCESS);
        writer.expect(new Puback(1));
        writer.send(publish("a", "3", QoS.EXACTLY_ONCE, 3)).expectOpen();
        writer.send(publish("a", "4", QoS.AT_LEAST_ONCE, 4));
        assertEquals(ReasonCode.RECEIVE_MAXIMUM_EXCEEDED, writer.expect(Disconnect.class).reason());
        writer.expectClosed();
    }

    /** A QoS 2 message counts until PUBCOMP for those who know the number. */
    @Test
    void countsAQos2MessageUntilItsEnd() {
        limits.receiveMaximum = 1;
        TestClient writer = new TestBroker(limits).open().in(MqttVersion.V5, "w");
        writer.send(publish("a", "1", QoS.EXACTLY_ONCE, 1));
        writer.expect(Pubrec.class);
        writer.send(new Pubrel(1)).expect(new Pubcomp(1));
        writer.send(publish("a", "2", QoS.EXACTLY_ONCE, 2));
        writer.expect(Pubrec.class);
        writer.send(publish("a", "3", QoS.AT_LEAST_ONCE, 3));
        writer.expect(Disconnect.class);
    }

    /** Old clients know no receive maximum: they are not read from until there is room. */
    @Test
    void stopsReadingFromAnOldClientWithTooManyMessages() {
        limits.receiveMaximum = 2;
        TestBroker broker = new TestBroker(limits);
        broker.router.held = true;
        TestClient writer = broker.open().in(MqttVersion.V3_1_1, "w");
        Packet[] many = new Packet[6];
        for (int i = 0; i < many.length; i++) {
            many[i] = publish("a", "x", QoS.AT_LEAST_ONCE, i + 1);
        }
        writer.send(many);
        assertEquals(2, broker.router.receipts.size());
        assertFalse(writer.channel().config().isAutoRead());
        for (int i = 0; i < many.length; i++) {
            broker.router.receipts.get(i).done(ReasonCode.SUCCESS);
            writer.expect(new Puback(i + 1));
        }
        assertTrue(writer.channel().config().isAutoRead());
    }

    /** [MQTT-3.2.2-11] */
    @Test
    void endsTheConnectionAboveTheMaximumQos() {
        limits.maximumQos = QoS.AT_LEAST_ONCE;
        TestClient writer = new TestBroker(limits).open().in(MqttVersion.V5, "w");
        writer.send(publish("a", "1", QoS.EXACTLY_ONCE, 1));
        assertEquals(ReasonCode.QOS_NOT_SUPPORTED, writer.expect(Disconnect.class).reason());
        writer.expectClosed();
    }

    /** [MQTT-3.2.2-14] */
    @Test
    void endsTheConnectionAtRetainWhereNothingIsRetained() {
        limits.retainAvailable = false;
        TestClient writer = new TestBroker(limits).open().in(MqttVersion.V5, "w");
        writer.send(publish("a", "1", QoS.AT_MOST_ONCE, 0, true));
        assertEquals(ReasonCode.RETAIN_NOT_SUPPORTED, writer.expect(Disconnect.class).reason());
        writer.expectClosed();
    }

    /** Topic aliases from the client [MQTT-3.3.2-12] and above the maximum [MQTT-3.2.2-17]. */
    @Test
    void takesTopicAliases() {
        TestBroker broker = new TestBroker();
        TestClient writer = broker.open().in(MqttVersion.V5, "w");
        Publish named = publish("some/topic", "1", QoS.AT_MOST_ONCE, 0);
        writer.send(aliased(named, 4), aliased(named, 4));
        assertEquals(2, broker.router.published.size());
        assertEquals(Topic.of("some/topic"), broker.router.published.getLast().message().topic());
        writer.send(aliased(named, 5));
        assertEquals(ReasonCode.TOPIC_ALIAS_INVALID, writer.expect(Disconnect.class).reason());
        writer.expectClosed();
    }

    private static Publish aliased(Publish packet, int alias) {
        return new Publish(
                packet.message(),
                packet.qos(),
                packet.retain(),
                packet.dup(),
                packet.packetId(),
                Publish.NO_IDENTIFIERS,
                alias);
    }

    /** Permission is asked again when it may have changed. */
    @Test
    void asksForPermissionOncePerTopic() {
        TestBroker broker = new TestBroker();
        TestClient writer = broker.open().in(MqttVersion.V5, "w");
        Publish packet = publish("a", "1", QoS.AT_MOST_ONCE, 0);
        writer.send(packet);
        broker.access.generation++;
        writer.send(packet);
        assertEquals(2, broker.router.published.size());
    }

    /** While loops or shards cannot follow, their publishers are not read from. */
    @Test
    void pausesAPublisherWhileTheShardsCannotFollow() {
        TestBroker broker = new TestBroker();
        TestClient writer = broker.open().in(MqttVersion.V5, "w");
        broker.sessions.congested = true;
        writer.send(publish("a", "1", QoS.AT_MOST_ONCE, 0));
        assertFalse(writer.channel().config().isAutoRead());
        writer.send(new Pingreq()).expectNothing();
        broker.pass(2);
        writer.expectNothing();
        broker.sessions.congested = false;
        broker.pass(2);
        writer.expect(io.carillon.mqtt.packet.Pingresp.class);
        assertTrue(writer.channel().config().isAutoRead());
        assertEquals(1, broker.count(NetCount.PUBLISHERS_PAUSED));
    }

    /** [MQTT-3.3.1-3] [MQTT3-3.3.1-3] the DUP of one hop is not that of the next. */
    @Test
    void deliversARepeatWithoutDup() {
        TestBroker broker = new TestBroker();
        TestClient reader =
                broker.open()
                        .in(connect("r", properties(0, 10, NO_LIMIT, 0)))
                        .subscribed("a", QoS.AT_LEAST_ONCE);
        TestClient writer = broker.open().in(MqttVersion.V5, "w");
        Message message = Message.of(Topic.of("a"), new byte[] {1});
        writer.send(new Publish(message, QoS.AT_LEAST_ONCE, false, true, 3));
        writer.expect(new Puback(3));
        reader.expect(new Publish(message, QoS.AT_LEAST_ONCE, false, false, 1));
    }

    @Test
    void keepsTheBrokersOwnTopicsToItself() {
        TestBroker broker = new TestBroker();
        TestClient writer = broker.open().in(MqttVersion.V5, "w");
        writer.send(publish("$SYS/broker/uptime", "1", QoS.AT_LEAST_ONCE, 1));
        writer.expect(new Puback(1, ReasonCode.NOT_AUTHORIZED));
        writer.send(publish("$SYSTEM", "1", QoS.AT_MOST_ONCE, 0));
        assertEquals(1, broker.router.published.size());
    }

    /** P8: the queues of one loop together take no more than their share of the heap. */
    @Test
    void queuesNoMoreOnceTheMemoryOfTheLoopIsUsedUp() {
        TestBroker broker = new TestBroker();
        TestClient reader =
                broker.open()
                        .in(connect("r", properties(0, 1, NO_LIMIT, 0)))
                        .subscribed("a", QoS.AT_LEAST_ONCE);
        TestClient writer = broker.open().in(MqttVersion.V5, "w");
        writer.send(publish("a", "1", QoS.AT_LEAST_ONCE, 1));
        writer.send(publish("a", "2", QoS.AT_LEAST_ONCE, 2));
        broker.memory.queued(1 << 20);
        writer.send(publish("a", "3", QoS.AT_LEAST_ONCE, 3));
        assertEquals(1, broker.count(NetCount.DROPPED_QUEUE_FULL));
        reader.expect(publish("a", "1", QoS.AT_LEAST_ONCE, 1)).send(new Puback(1));
        reader.expect(publish("a", "2", QoS.AT_LEAST_ONCE, 2));
        broker.memory.queued(-(1 << 20));
        writer.send(publish("a", "4", QoS.AT_LEAST_ONCE, 4));
        reader.lose();
        assertFalse(broker.memory.queuesFull());
    }

    /** [MQTT-4.3.2-5] [MQTT3-4.3.2-2] after PUBACK the identifier is free, whatever DUP says. */
    @ParameterizedTest
    @EnumSource
    void takesAnIdentifierAgainAfterItsPuback(MqttVersion version) {
        TestBroker broker = new TestBroker();
        TestClient writer = broker.open().in(version, "w");
        Publish first = publish("a", "x", QoS.AT_LEAST_ONCE, 5);
        Publish second = new Publish(first.message(), first.qos(), false, true, 5);
        writer.send(first);
        assertEquals(5, writer.expect(Puback.class).packetId());
        writer.send(second);
        assertEquals(5, writer.expect(Puback.class).packetId());
        assertEquals(2, broker.router.published.size());
    }

    /** [MQTT-3.2.2-18] */
    @Test
    void takesNoAliasWhereItAnnouncedNone() {
        limits.topicAliasMaximum = 0;
        TestClient writer = new TestBroker(limits).open().in(MqttVersion.V5, "w");
        writer.send(aliased(publish("a", "1", QoS.AT_MOST_ONCE, 0), 1));
        assertEquals(ReasonCode.TOPIC_ALIAS_INVALID, writer.expect(Disconnect.class).reason());
        writer.expectClosed();
    }

    /** [MQTT3-4.8.0-2] P11: what fails in the server costs that client its connection, no other. */
    @Test
    void endsTheConnectionOnWhichTheServerFails() {
        TestBroker broker = new TestBroker();
        broker.router.failing = true;
        TestClient other = broker.open().in(MqttVersion.V5, "o");
        TestClient writer = broker.open().in(MqttVersion.V5, "w");
        writer.send(publish("a", "1", QoS.AT_LEAST_ONCE, 1));
        assertEquals(ReasonCode.UNSPECIFIED_ERROR, writer.expect(Disconnect.class).reason());
        writer.expectClosed();
        assertEquals(1, broker.count(NetCount.FAILURES));
        other.send(new Pingreq());
        other.expect(io.carillon.mqtt.packet.Pingresp.class);
    }
}
