package io.carillon.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.SubscriptionOptions;
import io.carillon.mqtt.packet.SubscriptionOptions.RetainHandling;
import java.io.IOException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept for those who subscribe later. */
final class RetainStatementsTest {
    @RegisterExtension static final Node NODE = new Node();

    /**
     * The last one is there for a later subscriber, with RETAIN, and stays when its publisher's
     * session ends [MQTT-3.3.1-5] [MQTT-3.3.1-8] [MQTT-3.3.1-12] [MQTT3-3.1.2-7] [MQTT3-3.3.1-5]
     * [MQTT3-3.3.1-6] [MQTT3-3.3.1-8] [MQTT3-3.3.1-9] [MQTT3-3.3.1-12].
     */
    @ParameterizedTest
    @EnumSource
    void theLastOneIsKept(MqttVersion version) throws IOException {
        String topic = "last/" + version;
        Peer early = subscriber(version, topic);
        Peer publisher = NODE.connect(version, "publisher");
        publisher.publish(topic, "old", QoS.EXACTLY_ONCE, true);
        publisher.publish(topic, "kept", QoS.AT_LEAST_ONCE, true);
        publisher.publish(topic, "passing", QoS.AT_LEAST_ONCE, false);
        publisher.disconnect();

        for (String payload : new String[] {"old", "kept", "passing"}) {
            assertFalse(early.expectMessage(payload).retain());
        }
        Peer late = subscriber(version, topic);
        Publish kept = late.expectMessage("kept");
        assertTrue(kept.retain());
        assertEquals(QoS.AT_LEAST_ONCE, kept.qos());
        late.expectNothing();
    }

    /** [MQTT-3.3.1-5] [MQTT3-3.3.1-7]. */
    @ParameterizedTest
    @EnumSource
    void oneOfQos0TakesThePlaceToo(MqttVersion version) throws IOException {
        String topic = "zero/" + version;
        Peer publisher = NODE.connect(version, "publisher");
        publisher.publish(topic, "old", QoS.AT_LEAST_ONCE, true);
        publisher.publish(topic, "new", QoS.AT_MOST_ONCE, true);
        publisher.publish("zero", "all before is stored", QoS.AT_LEAST_ONCE);
        Peer late = subscriber(version, topic);
        assertEquals(QoS.AT_MOST_ONCE, late.expectMessage("new").qos());
        late.expectNothing();
    }

    /** [MQTT-3.3.1-6] [MQTT-3.3.1-7] [MQTT3-3.3.1-10] [MQTT3-3.3.1-11]. */
    @ParameterizedTest
    @EnumSource
    void anEmptyOneRemoves(MqttVersion version) throws IOException {
        String topic = "empty/" + version;
        Peer early = subscriber(version, topic);
        Peer publisher = NODE.connect(version, "publisher");
        publisher.publish(topic, "kept", QoS.AT_LEAST_ONCE, true);
        publisher.publish(topic, "", QoS.AT_LEAST_ONCE, true);

        early.expectMessage("kept");
        assertFalse(early.expectMessage("").retain());
        subscriber(version, topic).expectNothing();
    }

    /** [MQTT-3.3.1-9] [MQTT-3.3.1-10] [MQTT-3.3.1-11] [MQTT-3.8.4-4], for both lifetimes. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theSubscriberChooses(boolean durable) throws IOException {
        String topic = "choice/" + durable + "/topic";
        NODE.connect(MqttVersion.V5, "").publish(topic, "kept", QoS.AT_LEAST_ONCE, true);
        Hello hello = Hello.from(MqttVersion.V5, "choice" + durable);
        Peer peer = NODE.connect((durable ? hello.durable() : hello).build());

        peer.subscribe(topic, options(RetainHandling.NEVER));
        peer.expectNothing();
        peer.subscribe(topic, options(RetainHandling.IF_NEW));
        peer.expectNothing();
        peer.subscribe("choice/" + durable + "/+", options(RetainHandling.IF_NEW));
        assertTrue(peer.expectMessage("kept").retain());
        peer.subscribe(topic, options(RetainHandling.ALWAYS));
        assertTrue(peer.expectMessage("kept").retain());
    }

    /** [MQTT-3.3.1-13]. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void retainAsPublishedKeepsTheFlag(boolean durable) throws IOException {
        String topic = "flag/" + durable;
        Hello hello = Hello.from(MqttVersion.V5, "flag" + durable);
        Peer peer = NODE.connect((durable ? hello.durable() : hello).build());
        peer.subscribe(
                topic,
                new SubscriptionOptions(QoS.AT_LEAST_ONCE, false, true, RetainHandling.NEVER));
        Peer publisher = NODE.connect(MqttVersion.V5, "");
        publisher.publish(topic, "with", QoS.AT_LEAST_ONCE, true);
        publisher.publish(topic, "without", QoS.AT_LEAST_ONCE, false);

        assertTrue(peer.expectMessage("with").retain());
        assertFalse(peer.expectMessage("without").retain());
    }

    private static SubscriptionOptions options(RetainHandling handling) {
        return new SubscriptionOptions(QoS.AT_LEAST_ONCE, false, false, handling);
    }

    private static Peer subscriber(MqttVersion version, String filter) throws IOException {
        String clientId = version == MqttVersion.V3_1 ? "s" + System.nanoTime() : "";
        Peer peer = NODE.connect(version, clientId);
        peer.subscribe(filter, QoS.EXACTLY_ONCE);
        return peer;
    }
}
