package io.carillon.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.carillon.mqtt.packet.Disconnect;
import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Numbers in the place of topic names. */
final class TopicAliasTest {
    @RegisterExtension static final Node NODE = new Node("mqtt.topicAliasMax=2");
    @RegisterExtension static final Node WITHOUT = new Node("mqtt.topicAliasMax=0");

    /** [MQTT-3.3.2-12]. */
    @Test
    void everyAliasUpToTheMaximumIsTaken() throws IOException {
        Peer peer = NODE.connect(MqttVersion.V5, "aliases");
        assertEquals(2, peer.connack().properties().topicAliasMaximum());
        peer.subscribe("+", QoS.AT_MOST_ONCE);
        for (int alias = 1; alias <= 2; alias++) {
            peer.connection().send(publish("t" + alias, alias));
        }
        for (int alias = 1; alias <= 2; alias++) {
            peer.connection().send(publish("", alias));
        }
        for (String topic : new String[] {"t1", "t2", "t1", "t2"}) {
            assertEquals(topic, peer.expectMessage("").message().topic().name());
        }
    }

    /** [MQTT-3.2.2-17] [MQTT-3.3.2-9] [MQTT-4.13.1-1]. */
    @Test
    void aHigherOneEndsTheConnection() throws IOException {
        assertInvalid(NODE, publish("t", 3));
    }

    /** [MQTT-3.3.2-8]. */
    @Test
    void zeroEndsTheConnection() throws IOException {
        assertInvalid(NODE, publish("t", 0));
    }

    /** [MQTT-3.2.2-18]. */
    @Test
    void whoIsToldOfNoneUsesNone() throws IOException {
        assertInvalid(WITHOUT, publish("t", 1));
    }

    /** [MQTT-3.3.2-7]: what it stood for is forgotten. */
    @Test
    void anAliasEndsWithItsConnection() throws IOException {
        Hello hello = Hello.from(MqttVersion.V5, "forgetful").durable();
        Peer first = NODE.connect(hello.build());
        first.connection().send(publish("t", 1));
        first.expectNothing();
        first.disconnect();
        Peer second = NODE.connect(hello.build());
        second.connection().send(publish("", 1));
        assertEquals(ReasonCode.PROTOCOL_ERROR, second.expect(Disconnect.class).reason());
        second.connection().expectClosed();
    }

    private static void assertInvalid(Node node, byte[] packet) throws IOException {
        Peer peer = node.connect(MqttVersion.V5, "wrong");
        peer.connection().send(packet);
        assertEquals(ReasonCode.TOPIC_ALIAS_INVALID, peer.expect(Disconnect.class).reason());
        peer.connection().expectClosed();
    }

    /** A QoS 0 PUBLISH without payload, whose only property is the alias. */
    private static byte[] publish(String topic, int alias) {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(0x30);
        packet.write(2 + topic.length() + 1 + 3);
        packet.write(0);
        packet.write(topic.length());
        topic.chars().forEach(packet::write);
        packet.write(3);
        packet.write(0x23);
        packet.write(0);
        packet.write(alias);
        return packet.toByteArray();
    }
}
