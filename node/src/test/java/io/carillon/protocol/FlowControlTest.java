package io.carillon.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.carillon.mqtt.packet.Disconnect;
import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.Pubcomp;
import io.carillon.mqtt.packet.Pubrec;
import io.carillon.mqtt.packet.Pubrel;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much may be under way at once. */
final class FlowControlTest {
    @RegisterExtension static final Node NODE = new Node("mqtt.receiveMax=2");

    /**
     * At the client's receive maximum PUBLISH waits, and nothing else does [MQTT-3.3.4-9]
     * [MQTT-3.3.4-10] [MQTT-4.9.0-1] [MQTT-4.9.0-2] [MQTT-4.9.0-3].
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theClientsReceiveMaximumHolds(boolean durable) throws IOException {
        String topic = "window" + durable;
        Hello hello = Hello.from(MqttVersion.V5, topic).receiveMaximum(1);
        Peer peer = NODE.connect((durable ? hello.durable() : hello).build());
        peer.subscribe(topic, QoS.EXACTLY_ONCE);
        Peer other = NODE.connect(MqttVersion.V5, "");
        other.publish(topic, "one", QoS.AT_LEAST_ONCE);
        other.publish(topic, "two", QoS.EXACTLY_ONCE);
        other.publish(topic, "three", QoS.AT_LEAST_ONCE);

        int one = peer.expectMessage("one").packetId();
        peer.expectNothing();
        peer.subscribe(topic + "/other", QoS.AT_LEAST_ONCE);
        peer.publish(topic + "/else", "answered", QoS.EXACTLY_ONCE);
        peer.send(new Puback(one));
        int two = peer.expectMessage("two").packetId();
        peer.send(new Pubrec(two));
        assertEquals(two, peer.expect(Pubrel.class).packetId());
        peer.expectNothing();
        peer.send(new Pubcomp(two));
        peer.expectMessage("three");
    }

    /** [MQTT-3.3.4-7]: 0x93. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theServersReceiveMaximumHolds(boolean durable) throws IOException {
        Hello hello = Hello.from(MqttVersion.V5, "eager" + durable);
        Peer peer = NODE.connect((durable ? hello.durable() : hello).build());
        assertEquals(2, peer.connack().properties().receiveMaximum());
        for (int id = 1; id <= 2; id++) {
            peer.send(Peer.publish("eager", "x", QoS.EXACTLY_ONCE, false, id));
            assertEquals(id, peer.expect(Pubrec.class).packetId());
        }
        peer.send(Peer.publish("eager", "x", QoS.EXACTLY_ONCE, false, 3));
        assertEquals(ReasonCode.RECEIVE_MAXIMUM_EXCEEDED, peer.expect(Disconnect.class).reason());
        peer.connection().expectClosed();
    }

    /** Who stays within it may go on for ever. */
    @Test
    void finishedMessagesCountNoMore() throws IOException {
        Peer peer = NODE.connect(MqttVersion.V5, "patient");
        for (int i = 0; i < 10; i++) {
            peer.publish("patient", "x", QoS.EXACTLY_ONCE);
            peer.publish("patient", "x", QoS.AT_LEAST_ONCE);
        }
    }
}
