package io.carillon.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.carillon.mqtt.packet.Disconnect;
import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Puback;
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
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients ask for, for sessions of both lifetimes. */
final class SubscribeStatementsTest {
    @RegisterExtension static final Node NODE = new Node();

    static Stream<Arguments> kinds() {
        return Arrays.stream(MqttVersion.values())
                .flatMap(v -> Stream.of(Arguments.of(v, false), Arguments.of(v, true)));
    }

    /**
     * [MQTT-2.2.1-6] [MQTT-3.8.4-1] [MQTT-3.8.4-2] [MQTT-3.8.4-5] [MQTT-3.8.4-6] [MQTT-3.8.4-7]
     * [MQTT-3.9.3-1] [MQTT3-2.3.1-7] [MQTT3-3.8.4-1] [MQTT3-3.8.4-2] [MQTT3-3.8.4-4]
     * [MQTT3-3.8.4-5] [MQTT3-3.9.3-1].
     */
    @ParameterizedTest
    @MethodSource("kinds")
    void eachFilterIsAnsweredInItsPlace(MqttVersion version, boolean durable) throws IOException {
        Peer peer = peer("places", version, durable);
        peer.send(
                new Subscribe(
                        7,
                        List.of(
                                request("places/2", QoS.EXACTLY_ONCE),
                                request("places/0", QoS.AT_MOST_ONCE),
                                request("places/1", QoS.AT_LEAST_ONCE)),
                        0,
                        UserProperties.NONE));
        Suback suback = peer.expect(Suback.class);
        assertEquals(7, suback.packetId());
        assertEquals(
                List.of(ReasonCode.GRANTED_QOS_2, ReasonCode.SUCCESS, ReasonCode.GRANTED_QOS_1),
                suback.reasons());
        for (QoS qos : QoS.values()) {
            publish("places/" + qos.level(), "x", QoS.EXACTLY_ONCE);
            assertEquals(qos, peer.expectMessage("x").qos());
        }
    }

    /** [MQTT-3.8.4-3] [MQTT-3.8.4-8] [MQTT3-3.8.4-3] [MQTT3-3.8.4-6]. */
    @ParameterizedTest
    @MethodSource("kinds")
    void theSameFilterIsReplaced(MqttVersion version, boolean durable) throws IOException {
        String topic = "replaced" + version + durable;
        Peer peer = peer(topic, version, durable);
        peer.subscribe(topic, QoS.EXACTLY_ONCE);
        peer.subscribe(topic, QoS.AT_MOST_ONCE);
        publish(topic, "x", QoS.AT_LEAST_ONCE);
        assertEquals(QoS.AT_MOST_ONCE, peer.expectMessage("x").qos());
        peer.expectNothing();
    }

    /** One copy, of the highest QoS [MQTT-3.3.4-2] [MQTT3-3.3.5-1]. */
    @ParameterizedTest
    @MethodSource("kinds")
    void overlappingFiltersBringOneCopy(MqttVersion version, boolean durable) throws IOException {
        String topic = "over/" + version + durable;
        Peer peer = peer(topic, version, durable);
        peer.subscribe(topic, QoS.AT_MOST_ONCE);
        peer.subscribe("over/+", QoS.EXACTLY_ONCE);
        peer.subscribe("over/#", QoS.AT_LEAST_ONCE);
        publish(topic, "x", QoS.EXACTLY_ONCE);
        assertEquals(QoS.EXACTLY_ONCE, peer.expectMessage("x").qos());
        peer.expectNothing();
    }

    /** [MQTT-3.3.4-3] [MQTT-3.3.4-4]. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theCopyNamesAllItsSubscriptions(boolean durable) throws IOException {
        String topic = "named/" + durable;
        Peer peer = peer(topic, MqttVersion.V5, durable);
        int identifier = 1;
        for (String filter : new String[] {topic, "named/+", "other"}) {
            peer.send(
                    new Subscribe(
                            identifier,
                            List.of(request(filter, QoS.AT_LEAST_ONCE)),
                            100 + identifier,
                            UserProperties.NONE));
            peer.expect(Suback.class);
            identifier++;
        }
        publish(topic, "x", QoS.AT_LEAST_ONCE);
        int[] identifiers = peer.expectMessage("x").subscriptionIdentifiers().clone();
        Arrays.sort(identifiers);
        assertArrayEquals(new int[] {101, 102}, identifiers);
    }

    /** [MQTT-3.8.3-3]. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noLocalKeepsOnesOwnMessagesAway(boolean durable) throws IOException {
        String topic = "local" + durable;
        Peer peer = peer(topic, MqttVersion.V5, durable);
        peer.subscribe(topic, noLocal());
        peer.publish(topic, "own", QoS.AT_LEAST_ONCE);
        publish(topic, "other", QoS.AT_LEAST_ONCE);
        peer.expectMessage("other");
    }

    /** [MQTT-3.8.3-4]. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noLocalIsNotForSharedSubscriptions(boolean durable) throws IOException {
        Peer peer = peer("nolocal", MqttVersion.V5, durable);
        peer.send(
                new Subscribe(
                        1,
                        List.of(new Subscribe.Request("$share/g/t", noLocal())),
                        0,
                        UserProperties.NONE));
        assertEquals(ReasonCode.PROTOCOL_ERROR, peer.expect(Disconnect.class).reason());
        peer.connection().expectClosed();
    }

    /**
     * What is sent stays, nothing is added [MQTT-3.10.4-1] [MQTT-3.10.4-2] [MQTT-3.10.4-3]
     * [MQTT-3.10.4-4] [MQTT-3.10.4-5] [MQTT-3.10.4-6] [MQTT-3.11.3-1] [MQTT3-3.10.4-1]
     * [MQTT3-3.10.4-2] [MQTT3-3.10.4-4] [MQTT3-3.10.4-5] [MQTT3-3.10.4-6].
     */
    @ParameterizedTest
    @MethodSource("kinds")
    void filtersAreTakenBack(MqttVersion version, boolean durable) throws IOException {
        String topic = "back/" + version + durable;
        Peer peer = peer(topic, version, durable);
        peer.subscribe(topic, QoS.AT_LEAST_ONCE);
        peer.subscribe("kept", QoS.AT_LEAST_ONCE);
        publish(topic, "before", QoS.AT_LEAST_ONCE);
        Publish before = peer.expectMessage("before");
        peer.send(new Unsubscribe(9, List.of("back/+", topic), UserProperties.NONE));
        Unsuback unsuback = peer.expect(Unsuback.class);
        assertEquals(9, unsuback.packetId());
        if (version.hasProperties()) {
            assertEquals(
                    List.of(ReasonCode.NO_SUBSCRIPTION_EXISTED, ReasonCode.SUCCESS),
                    unsuback.reasons());
        }
        publish(topic, "after", QoS.AT_LEAST_ONCE);
        peer.send(new Puback(before.packetId()));
        publish("kept", "last", QoS.AT_LEAST_ONCE);
        peer.expectMessage("last");
    }

    private static SubscriptionOptions noLocal() {
        return new SubscriptionOptions(QoS.AT_LEAST_ONCE, true, false, RetainHandling.ALWAYS);
    }

    private static Subscribe.Request request(String filter, QoS qos) {
        return new Subscribe.Request(filter, SubscriptionOptions.of(qos));
    }

    private static Peer peer(String name, MqttVersion version, boolean durable) throws IOException {
        Hello hello = Hello.from(version, name + version + durable);
        return NODE.connect((durable ? hello.durable() : hello).build());
    }

    private static void publish(String topic, String payload, QoS qos) throws IOException {
        NODE.connect(MqttVersion.V5, "").publish(topic, payload, qos);
    }
}
