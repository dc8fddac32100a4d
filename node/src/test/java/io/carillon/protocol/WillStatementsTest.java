package io.carillon.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.MessageProperties;
import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.SubscriptionOptions;
import io.carillon.mqtt.packet.SubscriptionOptions.RetainHandling;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.Will;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a will. */
final class WillStatementsTest {
    @RegisterExtension static final Node NODE = new Node();

    private static final long HOUR_SECONDS = 3_600;

    /** User properties b=1, a=2, b=3, as they are on the wire. */
    private static final MessageProperties PROPERTIES =
            MessageProperties.ofChecked(
                    new byte[] {
                        0x26, 0, 1, 'b', 0, 1, '1',
                        0x26, 0, 1, 'a', 0, 1, '2',
                        0x26, 0, 1, 'b', 0, 1, '3',
                    });

    /**
     * [MQTT-3.1.2-8] [MQTT-3.1.2-14] [MQTT3-3.1.2-8] [MQTT3-3.1.2-16]: an ordinary message, of
     * which nothing stays.
     */
    @ParameterizedTest
    @EnumSource
    void aWillGoesOutWhenItsClientVanishes(MqttVersion version) throws IOException {
        String topic = "ordinary/" + version;
        Peer watcher = watcher(topic);
        vanish(Hello.from(version, "mortal").will(topic, "gone", QoS.AT_LEAST_ONCE, false));

        Publish will = watcher.expectMessage("gone");
        assertFalse(will.retain());
        assertEquals(QoS.AT_LEAST_ONCE, will.qos());
        watcher(topic).expectNothing();
    }

    /** [MQTT-3.1.2-15] [MQTT3-3.1.2-17]. */
    @ParameterizedTest
    @EnumSource
    void aRetainedWillStays(MqttVersion version) throws IOException {
        String topic = "retained/" + version;
        Peer watcher = watcher(topic);
        vanish(Hello.from(version, "mortal").will(topic, "gone", QoS.AT_LEAST_ONCE, true));

        assertFalse(watcher.expectMessage("gone").retain());
        assertTrue(watcher(topic).expectMessage("gone").retain());
    }

    /** [MQTT3-3.1.2-12]: the connection is taken over, so it has ended for certain. */
    @ParameterizedTest
    @EnumSource
    void withoutAWillNothingGoesOut(MqttVersion version) throws IOException {
        Peer watcher = NODE.connect(MqttVersion.V5, "");
        watcher.subscribe(
                "#",
                new SubscriptionOptions(QoS.AT_LEAST_ONCE, false, false, RetainHandling.NEVER));
        Peer mortal = NODE.connect(version, "willless");
        NODE.connect(version, "willless");
        mortal.connection().awaitClosed();

        NODE.connect(MqttVersion.V5, "").publish("none", "last", QoS.AT_LEAST_ONCE);
        watcher.expectMessage("last");
    }

    /** [MQTT-3.14.4-3] [MQTT-3.1.2-10] [MQTT3-3.14.4-3] [MQTT3-3.1.2-10]. */
    @ParameterizedTest
    @EnumSource
    void goodbyeForgetsTheWill(MqttVersion version) throws IOException {
        String topic = "goodbye/" + version;
        Peer watcher = watcher(topic);
        NODE.connect(will(version, topic, "first").build()).disconnect();
        // Once it is back its first connection has ended, and what would go out has gone.
        vanish(will(version, topic, "second"));

        watcher.expectMessage("second");
        watcher.expectNothing();
    }

    /** [MQTT-3.1.3-10]. */
    @Test
    void userPropertiesKeepTheirOrder() throws IOException {
        Peer watcher = watcher("properties");
        Message message = new Message(Topic.of("properties"), new byte[0], PROPERTIES, -1);
        vanish(
                Hello.from(MqttVersion.V5, "mortal")
                        .will(new Will(message, QoS.AT_LEAST_ONCE, false, 0, -1)));

        assertArrayEquals(
                PROPERTIES.encoded(), watcher.expectMessage("").message().properties().encoded());
    }

    /** [MQTT-3.1.2-7] [MQTT-3.1.2-8]: it waits with the session for the end of its delay. */
    @Test
    void aDelayedWillGoesOutLater() throws IOException {
        Peer watcher = watcher("delayed");
        vanish(delayed("late", "delayed", 1).durable());

        watcher.expectMessage("delayed");
    }

    /** [MQTT-3.1.2-8]: the end of the session ends the delay too. */
    @Test
    void theEndOfTheSessionEndsTheDelay() throws IOException {
        Peer watcher = watcher("expired");
        vanish(delayed("short", "expired", HOUR_SECONDS).expiry(1));

        watcher.expectMessage("expired");
    }

    /** [MQTT-3.1.3-9]. */
    @Test
    void whoIsBackInTimeStopsTheWill() throws IOException {
        long delaySeconds = 3;
        Peer watcher = watcher("back");
        vanish(delayed("back", "back", delaySeconds).durable());
        assertTrue(
                NODE.connect(Hello.from(MqttVersion.V5, "back").durable().build())
                        .connack()
                        .sessionPresent());

        assertEquals(
                Optional.empty(),
                watcher.connection().receive(Duration.ofSeconds(delaySeconds + 1)));
    }

    private static Peer watcher(String filter) throws IOException {
        Peer watcher = NODE.connect(MqttVersion.V5, "");
        watcher.subscribe(filter, QoS.AT_LEAST_ONCE);
        return watcher;
    }

    private static void vanish(Hello hello) throws IOException {
        NODE.connect(hello.build()).drop();
    }

    private static Hello will(MqttVersion version, String topic, String payload) {
        return Hello.from(version, "polite").will(topic, payload, QoS.AT_LEAST_ONCE, false);
    }

    private static Hello delayed(String clientId, String topic, long delaySeconds) {
        Message message = Message.of(Topic.of(topic), topic.getBytes(UTF_8));
        return Hello.from(MqttVersion.V5, clientId)
                .will(new Will(message, QoS.AT_LEAST_ONCE, false, delaySeconds, -1));
    }
}
