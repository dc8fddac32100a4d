package io.carillon.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.Pubcomp;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.Pubrec;
import io.carillon.mqtt.packet.Pubrel;
import io.carillon.mqtt.packet.QoS;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How sessions begin, go on over connections, and end. */
final class SessionStatementsTest {
    @RegisterExtension static final Node NODE = new Node();

    /**
     * The session is found by the client id and holds what came meanwhile [MQTT-3.1.2-5]
     * [MQTT-3.1.2-6] [MQTT-3.1.2-23] [MQTT-3.1.3-2] [MQTT-3.2.2-3] [MQTT3-3.1.2-4] [MQTT3-3.1.2-5]
     * [MQTT3-3.1.3-2] [MQTT3-3.2.2-2] [MQTT3-3.2.2-3].
     */
    @ParameterizedTest
    @EnumSource(names = "V3_1", mode = EnumSource.Mode.EXCLUDE)
    void aSessionGoesOnAfterItsConnection(MqttVersion version) throws IOException {
        String topic = "offline/" + version;
        Peer first = durable(version, topic);
        assertFalse(first.connack().sessionPresent());
        first.subscribe(topic, QoS.EXACTLY_ONCE);
        first.disconnect();
        publish(topic, "one", QoS.AT_LEAST_ONCE);
        publish(topic, "two", QoS.EXACTLY_ONCE);

        assertFalse(durable(version, topic + "/other").connack().sessionPresent());
        Peer second = durable(version, topic);
        assertTrue(second.connack().sessionPresent());
        assertEquals(QoS.AT_LEAST_ONCE, second.expectMessage("one").qos());
        assertEquals(QoS.EXACTLY_ONCE, second.expectMessage("two").qos());
    }

    /**
     * [MQTT-3.1.2-4] [MQTT-3.1.4-4] [MQTT-3.2.2-2] [MQTT3-3.1.2-6] [MQTT3-3.1.4-3] [MQTT3-3.2.2-1].
     */
    @ParameterizedTest
    @EnumSource(names = "V3_1", mode = EnumSource.Mode.EXCLUDE)
    void aCleanStartBeginsAnew(MqttVersion version) throws IOException {
        String topic = "clean/" + version;
        Peer old = durable(version, topic);
        old.subscribe(topic, QoS.AT_LEAST_ONCE);
        old.disconnect();
        publish(topic, "old", QoS.AT_LEAST_ONCE);

        Peer fresh = NODE.connect(version, topic);
        assertFalse(fresh.connack().sessionPresent());
        publish(topic, "new", QoS.AT_LEAST_ONCE);
        fresh.expectNothing();
        fresh.disconnect();
        Peer last = durable(version, topic);
        assertFalse(last.connack().sessionPresent());
        last.expectNothing();
    }

    /** [MQTT-4.1.0-1] [MQTT-4.1.0-2]: open for longer than its expiry, then closed for as long. */
    @Test
    void aSessionExpiresOnceItIsClosed() throws IOException {
        Hello hello = Hello.from(MqttVersion.V5, "brief").durable().expiry(1);
        Peer first = NODE.connect(hello.build());
        first.subscribe("brief", QoS.AT_LEAST_ONCE);
        await(first, 2);
        publish("brief", "still there", QoS.AT_LEAST_ONCE);
        first.expectMessage("still there");
        Peer waiting = NODE.connect(MqttVersion.V5, "");
        first.disconnect();
        await(waiting, 3);

        assertFalse(NODE.connect(hello.build()).connack().sessionPresent());
    }

    /**
     * What is open is sent again with DUP, under its identifier, in its order [MQTT-3.3.1-1]
     * [MQTT-4.3.2-3] [MQTT-4.3.3-3] [MQTT-4.4.0-1] [MQTT-4.6.0-1] [MQTT3-3.3.1-1] [MQTT3-4.4.0-1]
     * [MQTT3-4.6.0-1]; what is acknowledged is not.
     */
    @ParameterizedTest
    @EnumSource
    void whatIsOpenIsSentAgain(MqttVersion version) throws IOException {
        String topic = "again" + version;
        Peer first = durable(version, topic);
        first.subscribe(topic, QoS.EXACTLY_ONCE);
        publish(topic, "a", QoS.AT_LEAST_ONCE);
        publish(topic, "b", QoS.EXACTLY_ONCE);
        publish(topic, "c", QoS.AT_LEAST_ONCE);
        Publish a = first.expectMessage("a");
        Publish b = first.expectMessage("b");
        Publish c = first.expectMessage("c");
        first.send(new Puback(a.packetId()));
        first.expectNothing();
        first.disconnect();

        Peer second = durable(version, topic);
        assertSentAgain(b, second.expectMessage("b"));
        assertSentAgain(c, second.expectMessage("c"));
        second.expectNothing();
    }

    /**
     * Each PUBREC is answered by PUBREL, in their order [MQTT-4.3.3-4] [MQTT-4.6.0-4]
     * [MQTT3-4.6.0-4]. After that the message is not sent again, only PUBREL is [MQTT-4.3.3-5]
     * [MQTT-4.3.3-6] [MQTT-4.4.0-1] [MQTT3-4.3.3-1] [MQTT3-4.4.0-1], in the order of the messages.
     */
    @ParameterizedTest
    @EnumSource
    void releasesFollowTheReceiptsAndAreSentAgain(MqttVersion version) throws IOException {
        String topic = "release" + version;
        Peer first = durable(version, topic);
        first.subscribe(topic, QoS.EXACTLY_ONCE);
        int[] ids = new int[3];
        for (int i = 0; i < ids.length; i++) {
            publish(topic, "m" + i, QoS.EXACTLY_ONCE);
            ids[i] = first.expectMessage("m" + i).packetId();
        }
        int[] received = {ids[2], ids[0], ids[1]};
        for (int id : received) {
            first.send(new Pubrec(id));
        }
        for (int id : received) {
            assertEquals(id, first.expect(Pubrel.class).packetId());
        }
        first.disconnect();

        Peer second = durable(version, topic);
        for (int id : ids) {
            assertEquals(id, second.expect(Pubrel.class).packetId());
            second.send(new Pubcomp(id));
        }
        second.expectNothing();
    }

    private static void assertSentAgain(Publish before, Publish now) {
        assertFalse(before.dup());
        assertTrue(now.dup());
        assertEquals(before.packetId(), now.packetId());
        assertEquals(before.qos(), now.qos());
    }

    /** Lets time pass for a client that gets nothing. */
    private static void await(Peer peer, int seconds) throws IOException {
        assertEquals(Optional.empty(), peer.connection().receive(Duration.ofSeconds(seconds)));
    }

    private static Peer durable(MqttVersion version, String clientId) throws IOException {
        return NODE.connect(Hello.from(version, clientId).durable().build());
    }

    private static void publish(String topic, String payload, QoS qos) throws IOException {
        NODE.connect(MqttVersion.V5, "").publish(topic, payload, qos);
    }
}
