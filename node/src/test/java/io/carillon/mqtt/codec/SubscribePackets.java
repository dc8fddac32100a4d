package io.carillon.mqtt.codec;

import static io.carillon.mqtt.codec.Side.SERVER;
import static io.carillon.mqtt.packet.MqttVersion.V3_1;
import static io.carillon.mqtt.packet.MqttVersion.V3_1_1;
import static io.carillon.mqtt.packet.MqttVersion.V5;

import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Subscribe;
import io.carillon.mqtt.packet.SubscriptionOptions;
import io.carillon.mqtt.packet.SubscriptionOptions.RetainHandling;
import io.carillon.mqtt.packet.Unsubscribe;
import io.carillon.mqtt.packet.UserProperties;
import java.util.List;
import java.util.stream.Stream;

/** SUBSCRIBE and UNSUBSCRIBE. */
final class SubscribePackets {
    private SubscribePackets() {}

    static List<PacketCase> cases() {
        return Stream.of(valid(), badSubscribe(), badUnsubscribe()).flatMap(List::stream).toList();
    }

    private static List<PacketCase> valid() {
        return List.of(
                PacketCase.valid(
                        "subscribe 3.1.1",
                        V3_1_1,
                        SERVER,
                        "82 ( 0001 s'a/+' 00 s'b/#' 02 )",
                        new Subscribe(
                                1,
                                List.of(
                                        request("a/+", QoS.AT_MOST_ONCE),
                                        request("b/#", QoS.EXACTLY_ONCE)),
                                0,
                                UserProperties.NONE)),
                PacketCase.readable(
                        "subscribe 3.1 again",
                        V3_1,
                        SERVER,
                        "8A ( 0001 s'a' 01 )",
                        new Subscribe(
                                1,
                                List.of(request("a", QoS.AT_LEAST_ONCE)),
                                0,
                                UserProperties.NONE)),
                PacketCase.valid(
                        "subscribe 5",
                        V5,
                        SERVER,
                        "82 ( 0001 () s'a' 01 )",
                        new Subscribe(
                                1,
                                List.of(request("a", QoS.AT_LEAST_ONCE)),
                                0,
                                UserProperties.NONE)),
                PacketCase.valid(
                        "subscribe 5 with everything",
                        V5,
                        SERVER,
                        "82 ( 0002 ( 0B FFFFFF7F 26 s'k' s'v' ) s'a' 2E s'$share/g/b' 19 )",
                        new Subscribe(
                                2,
                                List.of(
                                        new Subscribe.Request(
                                                "a",
                                                new SubscriptionOptions(
                                                        QoS.EXACTLY_ONCE,
                                                        true,
                                                        true,
                                                        RetainHandling.NEVER)),
                                        new Subscribe.Request(
                                                "$share/g/b",
                                                new SubscriptionOptions(
                                                        QoS.AT_LEAST_ONCE,
                                                        false,
                                                        true,
                                                        RetainHandling.IF_NEW))),
                                268_435_455,
                                UserProperties.of("k", "v"))),
                // A filter that is no filter is the session's to refuse, in SUBACK.
                PacketCase.valid(
                        "subscribe 5 to what is no filter",
                        V5,
                        SERVER,
                        "82 ( 0001 () s'a/#/b' 01 )",
                        new Subscribe(
                                1,
                                List.of(request("a/#/b", QoS.AT_LEAST_ONCE)),
                                0,
                                UserProperties.NONE)),
                PacketCase.valid(
                        "unsubscribe 3.1.1",
                        V3_1_1,
                        SERVER,
                        "A2 ( 0001 s'a/+' s'b' )",
                        new Unsubscribe(1, List.of("a/+", "b"), UserProperties.NONE)),
                PacketCase.valid(
                        "unsubscribe 5",
                        V5,
                        SERVER,
                        "A2 ( 0001 ( 26 s'k' s'v' ) s'a' )",
                        new Unsubscribe(1, List.of("a"), UserProperties.of("k", "v"))));
    }

    private static PacketCase bad(
            String name, MqttVersion version, String notation, Malformation cause) {
        return PacketCase.malformed(name, version, SERVER, notation, cause);
    }

    /**
     * [MQTT-2.2.1-3] [MQTT-3.8.1-1] [MQTT-3.8.3-1] [MQTT-3.8.3-2] [MQTT-3.8.3-4] [MQTT-3.8.3-5]
     * [MQTT3-2.3.1-1] [MQTT3-3.8.1-1] [MQTT3-3.8.3-1] [MQTT3-3.8.3-3] [MQTT3-3.8.3-4]
     */
    private static List<PacketCase> badSubscribe() {
        return List.of(
                bad(
                        "subscribe 5 with other flags",
                        V5,
                        "80 ( 0001 () s'a' 00 )",
                        Malformation.WRONG_FLAGS),
                bad(
                        "subscribe 3.1.1 with other flags",
                        V3_1_1,
                        "8A ( 0001 s'a' 00 )",
                        Malformation.WRONG_FLAGS),
                bad(
                        "subscribe 5 with id 0",
                        V5,
                        "82 ( 0000 () s'a' 00 )",
                        Malformation.PACKET_ID_ZERO),
                bad(
                        "subscribe 3.1.1 with id 0",
                        V3_1_1,
                        "82 ( 0000 s'a' 00 )",
                        Malformation.PACKET_ID_ZERO),
                bad("subscribe 5 to nothing", V5, "82 ( 0001 () )", Malformation.NO_FILTER),
                bad("subscribe 3.1.1 to nothing", V3_1_1, "82 ( 0001 )", Malformation.NO_FILTER),
                bad(
                        "subscribe 5 without options",
                        V5,
                        "82 ( 0001 () s'a' )",
                        Malformation.TRUNCATED),
                bad(
                        "subscribe 5 with reserved bits",
                        V5,
                        "82 ( 0001 () s'a' 41 )",
                        Malformation.SUBSCRIPTION_RESERVED_BITS),
                bad(
                        "subscribe 3.1.1 with reserved bits",
                        V3_1_1,
                        "82 ( 0001 s'a' 04 )",
                        Malformation.SUBSCRIPTION_RESERVED_BITS),
                bad(
                        "subscribe 5 at QoS 3",
                        V5,
                        "82 ( 0001 () s'a' 03 )",
                        Malformation.SUBSCRIPTION_QOS_3),
                bad(
                        "subscribe 3.1.1 at QoS 3",
                        V3_1_1,
                        "82 ( 0001 s'a' 03 )",
                        Malformation.SUBSCRIPTION_QOS_3),
                bad(
                        "subscribe 5 with retain handling 3",
                        V5,
                        "82 ( 0001 () s'a' 30 )",
                        Malformation.RETAIN_HANDLING_3),
                bad(
                        "subscribe 5 with no local on a shared subscription",
                        V5,
                        "82 ( 0001 () s'$share/g/a' 05 )",
                        Malformation.NO_LOCAL_ON_SHARED),
                bad(
                        "subscribe 5 with identifier 0",
                        V5,
                        "82 ( 0001 ( 0B 00 ) s'a' 00 )",
                        Malformation.PROPERTY_OUT_OF_RANGE),
                bad(
                        "subscribe 5 with two identifiers",
                        V5,
                        "82 ( 0001 ( 0B 01 0B 02 ) s'a' 00 )",
                        Malformation.PROPERTY_TWICE),
                bad(
                        "subscribe 5 with a padded identifier",
                        V5,
                        "82 ( 0001 ( 0B 8100 ) s'a' 00 )",
                        Malformation.INTEGER_NOT_MINIMAL),
                bad(
                        "subscribe 5 to a filter that is not UTF-8",
                        V5,
                        "82 ( 0001 () 0001 FF 00 )",
                        Malformation.ILL_FORMED_STRING),
                bad(
                        "subscribe 3.1.1 to a filter with U+0000",
                        V3_1_1,
                        "82 ( 0001 0001 00 00 )",
                        Malformation.ILL_FORMED_STRING),
                bad(
                        "subscribe 5 to five filters",
                        V5,
                        "82 ( 0001 () " + "s'a' 00".repeat(5) + " )",
                        Malformation.TOO_MANY_FILTERS));
    }

    /**
     * [MQTT-3.10.1-1] [MQTT-3.10.3-1] [MQTT-3.10.3-2] [MQTT3-3.10.1-1] [MQTT3-3.10.3-1]
     * [MQTT3-3.10.3-2]
     */
    private static List<PacketCase> badUnsubscribe() {
        return List.of(
                bad(
                        "unsubscribe 5 with other flags",
                        V5,
                        "A0 ( 0001 () s'a' )",
                        Malformation.WRONG_FLAGS),
                bad(
                        "unsubscribe 3.1.1 with other flags",
                        V3_1_1,
                        "A0 ( 0001 s'a' )",
                        Malformation.WRONG_FLAGS),
                bad(
                        "unsubscribe 5 with id 0",
                        V5,
                        "A2 ( 0000 () s'a' )",
                        Malformation.PACKET_ID_ZERO),
                bad("unsubscribe 5 from nothing", V5, "A2 ( 0001 () )", Malformation.NO_FILTER),
                bad(
                        "unsubscribe 3.1.1 from nothing",
                        V3_1_1,
                        "A2 ( 0001 )",
                        Malformation.NO_FILTER),
                bad(
                        "unsubscribe 5 from what is not UTF-8",
                        V5,
                        "A2 ( 0001 () 0001 FF )",
                        Malformation.ILL_FORMED_STRING),
                bad(
                        "unsubscribe 3.1.1 from what is not UTF-8",
                        V3_1_1,
                        "A2 ( 0001 0001 FF )",
                        Malformation.ILL_FORMED_STRING),
                bad(
                        "unsubscribe 5 with a subscription identifier",
                        V5,
                        "A2 ( 0001 ( 0B 01 ) s'a' )",
                        Malformation.PROPERTY_NOT_ALLOWED),
                bad(
                        "unsubscribe 5 from five filters",
                        V5,
                        "A2 ( 0001 () " + "s'a'".repeat(5) + " )",
                        Malformation.TOO_MANY_FILTERS));
    }

    private static Subscribe.Request request(String filter, QoS qos) {
        return new Subscribe.Request(filter, SubscriptionOptions.of(qos));
    }
}
