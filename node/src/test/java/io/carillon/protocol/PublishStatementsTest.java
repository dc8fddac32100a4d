package io.carillon.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.MessageProperties;
import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Topic;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a message on its way. */
final class PublishStatementsTest {
    @RegisterExtension static final Node NODE = new Node();

    /** UTF-8 payload, content type c, response topic r, correlation data 7f, users b=1 a=2 b=3. */
    private static final MessageProperties PROPERTIES =
            MessageProperties.ofChecked(
                    HexFormat.of()
                            .parseHex(
                                    "0101"
                                            + "03000163"
                                            + "08000172"
                                            + "0900017f"
                                            + "26000162000131"
                                            + "26000161000132"
                                            + "26000162000133"));

    /**
     * [MQTT-3.3.2-4] [MQTT-3.3.2-15] [MQTT-3.3.2-16] [MQTT-3.3.2-17] [MQTT-3.3.2-18]
     * [MQTT-3.3.2-20].
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void propertiesArriveAsTheyCame(boolean durable) throws IOException {
        String topic = "properties" + durable;
        Hello hello = Hello.from(MqttVersion.V5, topic);
        Peer peer = NODE.connect((durable ? hello.durable() : hello).build());
        peer.subscribe(topic, QoS.AT_LEAST_ONCE);
        send(message(topic, "x", Message.NEVER));
        assertArrayEquals(
                PROPERTIES.encoded(), peer.expectMessage("x").message().properties().encoded());
    }

    /** [MQTT-3.3.2-5] [MQTT-3.3.2-6]: it waits for two seconds. */
    @Test
    void timeSpentInTheServerCounts() throws IOException {
        Hello hello = Hello.from(MqttVersion.V5, "expiry").durable();
        Peer first = NODE.connect(hello.build());
        first.subscribe("expiry", QoS.AT_LEAST_ONCE);
        first.disconnect();
        long now = System.currentTimeMillis();
        send(message("expiry", "short", now + 1_000));
        send(message("expiry", "long", now + 60_000));
        Peer waiting = NODE.connect(MqttVersion.V5, "");
        assertEquals(Optional.empty(), waiting.connection().receive(Duration.ofSeconds(2)));

        long expiresAt =
                NODE.connect(hello.build()).expectMessage("long").message().expiresAtMillis();
        long left = expiresAt - System.currentTimeMillis();
        assertTrue(left > 0 && left <= 58_000, left + " ms are left");
    }

    /**
     * Messages of one QoS to one topic, half of them while their receiver is away [MQTT-4.5.0-1]
     * [MQTT-4.6.0-5] [MQTT-4.6.0-6] [MQTT3-4.5.0-1] [MQTT3-4.6.0-5] [MQTT3-4.6.0-6].
     */
    @ParameterizedTest
    @EnumSource
    void messagesKeepTheirOrder(MqttVersion version) throws IOException {
        String topic = "order" + version;
        Hello hello = Hello.from(version, topic).durable();
        Peer first = NODE.connect(hello.build());
        first.subscribe(topic, QoS.AT_LEAST_ONCE);
        first.disconnect();
        Peer publisher = NODE.connect(version, "publisher");
        int messages = 300;
        for (int i = 0; i < messages / 2; i++) {
            publisher.publish(topic, "m" + i, QoS.AT_LEAST_ONCE);
        }
        Peer second = NODE.connect(hello.build());
        for (int i = 0; i < messages; i++) {
            if (i < messages / 2) {
                publisher.publish(topic, "m" + (messages / 2 + i), QoS.AT_LEAST_ONCE);
            }
            second.send(new Puback(second.expectMessage("m" + i).packetId()));
        }
    }

    private static Message message(String topic, String payload, long expiresAtMillis) {
        return new Message(Topic.of(topic), payload.getBytes(UTF_8), PROPERTIES, expiresAtMillis);
    }

    private static void send(Message message) throws IOException {
        Peer publisher = NODE.connect(MqttVersion.V5, "");
        publisher.send(new Publish(message, QoS.AT_LEAST_ONCE, false, false, 1));
        publisher.expect(Puback.class);
    }
}
