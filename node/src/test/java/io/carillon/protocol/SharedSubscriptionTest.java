package io.carillon.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.Pubcomp;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.Pubrec;
import io.carillon.mqtt.packet.Pubrel;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that one of several members gets. */
final class SharedSubscriptionTest {
    @RegisterExtension static final Node NODE = new Node();

    /** [MQTT-4.8.2-4]: the other member, which was there all the time, gets nothing of it. */
    @Test
    void aQos2DeliveryIsCompletedWithItsFirstReceiver() throws IOException {
        String filter = "$share/g/exactly";
        Hello hello = Hello.from(MqttVersion.V5, "first").durable();
        Peer first = NODE.connect(hello.build());
        first.subscribe(filter, QoS.EXACTLY_ONCE);
        publish("exactly", "message", QoS.EXACTLY_ONCE);
        Publish sent = first.expectMessage("message");
        Peer second = member(filter);
        first.drop();

        Peer back = NODE.connect(hello.build());
        assertTrue(back.connack().sessionPresent());
        Publish again = back.expectMessage("message");
        assertTrue(again.dup());
        assertEquals(sent.packetId(), again.packetId());
        back.send(new Pubrec(again.packetId()));
        assertEquals(again.packetId(), back.expect(Pubrel.class).packetId());
        back.send(new Pubcomp(again.packetId()));
        back.disconnect();
        second.expectNothing();
    }

    /** [MQTT-4.8.2-5]. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nobodyElseGetsAQos2MessageThatWasSent(boolean durable) throws IOException {
        String filter = "$share/g/sent" + durable;
        Peer first = first(filter, durable);
        publish("sent" + durable, "message", QoS.EXACTLY_ONCE);
        first.expectMessage("message");
        Peer second = member(filter);
        NODE.connect(MqttVersion.V5, "first" + durable);
        first.connection().awaitClosed();

        publish("sent" + durable, "last", QoS.EXACTLY_ONCE);
        second.expectMessage("last");
    }

    /** [MQTT-4.8.2-6] [MQTT-4.4.0-2]. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRefusedMessageGoesToNobodyElse(boolean durable) throws IOException {
        String filter = "$share/g/refused" + durable;
        Peer first = first(filter, durable);
        publish("refused" + durable, "message", QoS.AT_LEAST_ONCE);
        int id = first.expectMessage("message").packetId();
        Peer second = member(filter);
        first.send(new Puback(id, ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR));
        first.expectNothing();
        NODE.connect(MqttVersion.V5, "first" + durable);
        first.connection().awaitClosed();

        publish("refused" + durable, "last", QoS.AT_LEAST_ONCE);
        second.expectMessage("last");
    }

    /** [MQTT-4.8.2-3]. */
    @Test
    void eachMemberHasItsOwnQos() throws IOException {
        Peer member = NODE.connect(MqttVersion.V5, "");
        member.subscribe("$share/g/qos", QoS.AT_LEAST_ONCE);
        publish("qos", "message", QoS.EXACTLY_ONCE);
        assertEquals(QoS.AT_LEAST_ONCE, member.expectMessage("message").qos());
    }

    private static Peer first(String filter, boolean durable) throws IOException {
        Hello hello = Hello.from(MqttVersion.V5, "first" + durable);
        Peer first = NODE.connect((durable ? hello.durable() : hello).build());
        first.subscribe(filter, QoS.EXACTLY_ONCE);
        return first;
    }

    private static Peer member(String filter) throws IOException {
        Peer member = NODE.connect(MqttVersion.V5, "");
        member.subscribe(filter, QoS.EXACTLY_ONCE);
        return member;
    }

    private static void publish(String topic, String payload, QoS qos) throws IOException {
        NODE.connect(MqttVersion.V5, "").publish(topic, payload, qos);
    }
}
