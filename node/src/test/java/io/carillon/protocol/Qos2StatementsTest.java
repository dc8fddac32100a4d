package io.carillon.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.Pubcomp;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.Pubrec;
import io.carillon.mqtt.packet.Pubrel;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Acknowledgements and repeats, for sessions of both lifetimes. */
final class Qos2StatementsTest {
    @RegisterExtension static final Node NODE = new Node();

    static List<Arguments> kinds() {
        List<Arguments> kinds = new ArrayList<>();
        for (MqttVersion version : MqttVersion.values()) {
            kinds.add(Arguments.of(version, false));
            kinds.add(Arguments.of(version, true));
        }
        return kinds;
    }

    /**
     * [MQTT-2.2.1-5] [MQTT-3.3.4-1] [MQTT-4.3.3-8] [MQTT-4.3.3-10] [MQTT-4.3.3-11] [MQTT-4.3.3-12]
     * [MQTT3-2.3.1-6] [MQTT3-3.3.4-1] [MQTT3-4.3.3-2].
     */
    @ParameterizedTest
    @MethodSource("kinds")
    void aRepeatIsNotDeliveredAgain(MqttVersion version, boolean durable) throws IOException {
        Peer watcher = watcher("exactly");
        Peer publisher = publisher(version, durable);
        Publish message = Peer.publish("exactly", "once", QoS.EXACTLY_ONCE, false, 7);
        publisher.send(message);
        assertEquals(7, publisher.expect(Pubrec.class).packetId());
        publisher.send(again(message));
        assertEquals(7, publisher.expect(Pubrec.class).packetId());
        publisher.send(new Pubrel(7));
        assertEquals(7, publisher.expect(Pubcomp.class).packetId());
        publisher.send(Peer.publish("exactly", "another", QoS.EXACTLY_ONCE, false, 7));
        assertEquals(7, publisher.expect(Pubrec.class).packetId());

        watcher.expectMessage("once");
        watcher.expectMessage("another");
        watcher.expectNothing();
    }

    /**
     * After PUBACK the identifier stands for a new message, DUP or not, and the DUP of a delivery
     * is its own [MQTT-3.3.1-3] [MQTT-4.3.2-4] [MQTT-4.3.2-5] [MQTT3-3.3.1-3] [MQTT3-4.3.2-2].
     */
    @ParameterizedTest
    @MethodSource("kinds")
    void afterPubackTheIdentifierIsNew(MqttVersion version, boolean durable) throws IOException {
        Peer watcher = watcher("least");
        Peer publisher = publisher(version, durable);
        Publish message = Peer.publish("least", "once more", QoS.AT_LEAST_ONCE, false, 7);
        publisher.send(message);
        assertEquals(7, publisher.expect(Puback.class).packetId());
        publisher.send(again(message));
        assertEquals(7, publisher.expect(Puback.class).packetId());

        assertFalse(watcher.expectMessage("once more").dup());
        assertFalse(watcher.expectMessage("once more").dup());
    }

    /** [MQTT-4.6.0-2] [MQTT-4.6.0-3] [MQTT3-4.6.0-2] [MQTT3-4.6.0-3]. */
    @ParameterizedTest
    @MethodSource("kinds")
    void acknowledgementsKeepTheOrder(MqttVersion version, boolean durable) throws IOException {
        Peer publisher = publisher(version, durable);
        for (QoS qos : new QoS[] {QoS.AT_LEAST_ONCE, QoS.EXACTLY_ONCE}) {
            for (int id = 1; id <= 50; id++) {
                // Every other one is stored, which takes longer.
                publisher.send(Peer.publish("order/" + id, "x", qos, id % 2 == 0, id));
            }
            for (int id = 1; id <= 50; id++) {
                if (qos == QoS.AT_LEAST_ONCE) {
                    assertEquals(id, publisher.expect(Puback.class).packetId());
                } else {
                    assertEquals(id, publisher.expect(Pubrec.class).packetId());
                }
            }
        }
    }

    /** A PUBREC with an error ends the exchange [MQTT-4.4.0-2]; one of no exchange is told so. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRefusedDeliveryIsOver(boolean durable) throws IOException {
        Peer receiver = publisher(MqttVersion.V5, durable);
        receiver.subscribe("refused", QoS.EXACTLY_ONCE);
        Peer other = NODE.connect(MqttVersion.V5, "");
        other.publish("refused", "no", QoS.EXACTLY_ONCE);
        int id = receiver.expectMessage("no").packetId();
        receiver.send(new Pubrec(id, ReasonCode.QUOTA_EXCEEDED));
        receiver.expectNothing();
        receiver.send(new Pubrec(id, ReasonCode.QUOTA_EXCEEDED));
        receiver.expectNothing();
        receiver.send(new Pubrec(id));
        Pubrel answer = receiver.expect(Pubrel.class);
        assertEquals(ReasonCode.PACKET_IDENTIFIER_NOT_FOUND, answer.reason());
    }

    /** A repeat, too, is answered in its turn [MQTT-4.6.0-3] [MQTT3-4.6.0-3]. */
    @ParameterizedTest
    @MethodSource("kinds")
    void aRepeatIsAnsweredInItsTurn(MqttVersion version, boolean durable) throws IOException {
        Peer publisher = publisher(version, durable);
        Publish last = Peer.publish("turn", "x", QoS.EXACTLY_ONCE, true, 20);
        publisher.send(last);
        publisher.expect(Pubrec.class);
        for (int id = 1; id < last.packetId(); id++) {
            publisher.send(Peer.publish("turn", "x", QoS.EXACTLY_ONCE, true, id));
        }
        publisher.send(again(last));
        for (int id = 1; id <= last.packetId(); id++) {
            assertEquals(id, publisher.expect(Pubrec.class).packetId());
        }
    }

    private static Publish again(Publish publish) {
        return new Publish(
                publish.message(), publish.qos(), publish.retain(), true, publish.packetId());
    }

    private static Peer watcher(String topic) throws IOException {
        Peer watcher = NODE.connect(MqttVersion.V5, "");
        watcher.subscribe(topic, QoS.EXACTLY_ONCE);
        return watcher;
    }

    private static Peer publisher(MqttVersion version, boolean durable) throws IOException {
        Hello hello = Hello.from(version, "p" + version + durable);
        Peer fresh = NODE.connect(hello.build());
        if (!durable) {
            return fresh;
        }
        fresh.disconnect();
        return NODE.connect(hello.durable().build());
    }
}
