package io.carillon.mqtt.codec;

import static io.carillon.mqtt.codec.Side.CLIENT;
import static io.carillon.mqtt.codec.Side.SERVER;
import static io.carillon.mqtt.packet.MqttVersion.V3_1_1;
import static io.carillon.mqtt.packet.MqttVersion.V5;

import io.carillon.mqtt.packet.MqttVersion;
import java.util.List;
import java.util.stream.Stream;

/** PUBLISH as it must not be. */
final class PublishMalformed {
    private PublishMalformed() {}

    static List<PacketCase> cases() {
        return Stream.of(header(), topics(), properties()).flatMap(List::stream).toList();
    }

    private static PacketCase to(
            String name, MqttVersion version, String notation, Malformation cause) {
        return PacketCase.malformed(name, version, SERVER, notation, cause);
    }

    /**
     * [MQTT-2.2.1-3] [MQTT-3.3.1-2] [MQTT-3.3.1-4] [MQTT3-2.3.1-1] [MQTT3-3.3.1-2] [MQTT3-3.3.1-4]
     */
    private static List<PacketCase> header() {
        return List.of(
                to("publish 5 at QoS 3", V5, "36 ( s'a' 0001 () )", Malformation.QOS_3),
                to("publish 3.1.1 at QoS 3", V3_1_1, "36 ( s'a' 0001 )", Malformation.QOS_3),
                to("publish 5 again at QoS 0", V5, "38 ( s'a' () )", Malformation.DUP_AT_QOS_0),
                to(
                        "publish 3.1.1 again at QoS 0",
                        V3_1_1,
                        "38 ( s'a' )",
                        Malformation.DUP_AT_QOS_0),
                to("publish 5 with id 0", V5, "32 ( s'a' 0000 () )", Malformation.PACKET_ID_ZERO),
                to(
                        "publish 3.1.1 with id 0",
                        V3_1_1,
                        "34 ( s'a' 0000 )",
                        Malformation.PACKET_ID_ZERO),
                to("publish 5 without id", V5, "32 ( s'a' 00 )", Malformation.TRUNCATED),
                to("publish 5 without properties", V5, "30 ( s'a' )", Malformation.TRUNCATED),
                to("publish 5 without topic", V5, "30 ( 00 )", Malformation.TRUNCATED));
    }

    /**
     * [MQTT-1.5.4-1] [MQTT-1.5.4-2] [MQTT-3.3.2-1] [MQTT-3.3.2-2] [MQTT-4.7.0-1] [MQTT-4.7.3-1]
     * [MQTT-4.7.3-2] [MQTT3-1.5.3-1] [MQTT3-1.5.3-2] [MQTT3-3.3.2-1] [MQTT3-3.3.2-2]
     * [MQTT3-4.7.1-1] [MQTT3-4.7.3-1] [MQTT3-4.7.3-2]
     */
    private static List<PacketCase> topics() {
        return List.of(
                to("publish 5 to a/+", V5, "30 ( s'a/+' () )", Malformation.TOPIC_HAS_WILDCARD),
                to("publish 5 to #", V5, "30 ( s'#' () )", Malformation.TOPIC_HAS_WILDCARD),
                to("publish 3.1.1 to #", V3_1_1, "30 ( s'#' )", Malformation.TOPIC_HAS_WILDCARD),
                to("publish 5 to no topic", V5, "30 ( s'' () )", Malformation.TOPIC_MISSING),
                to("publish 3.1.1 to no topic", V3_1_1, "30 ( s'' )", Malformation.TOPIC_MISSING),
                to(
                        "publish 5 to a topic with U+0000",
                        V5,
                        "30 ( 0003 610062 () )",
                        Malformation.ILL_FORMED_STRING),
                to(
                        "publish 3.1.1 to a topic with U+0000",
                        V3_1_1,
                        "30 ( 0003 610062 )",
                        Malformation.ILL_FORMED_STRING),
                to(
                        "publish 5 to a topic with a surrogate",
                        V5,
                        "30 ( 0005 61EDBFBF62 () )",
                        Malformation.ILL_FORMED_STRING),
                to(
                        "publish 3.1.1 to a topic with an overlong form",
                        V3_1_1,
                        "30 ( 0003 E08080 )",
                        Malformation.ILL_FORMED_STRING),
                to(
                        "publish 5 to a topic that ends within a character",
                        V5,
                        "30 ( 0002 61E2 () )",
                        Malformation.ILL_FORMED_STRING),
                to(
                        "publish 5 to a topic of eleven levels",
                        V5,
                        "30 ( s'1/2/3/4/5/6/7/8/9/10/11' () )",
                        Malformation.TOPIC_TOO_DEEP),
                to(
                        "publish 5 to a topic of 301 bytes",
                        V5,
                        "30 ( s'" + "x".repeat(301) + "' () )",
                        Malformation.TOPIC_TOO_LONG));
    }

    private static PacketCase with(String name, String properties, Malformation cause) {
        return to(name, V5, "30 ( s'a' ( " + properties + " ) 'x' )", cause);
    }

    /**
     * [MQTT-3.3.2-8] [MQTT-3.3.2-9] [MQTT-3.3.2-13] [MQTT-3.3.2-14] [MQTT-3.3.2-19] [MQTT-3.3.4-6]
     * [MQTT-1.5.7-1]
     */
    private static List<PacketCase> properties() {
        return List.of(
                with("publish with alias 0", "23 0000", Malformation.ALIAS_OUT_OF_RANGE),
                with("publish with alias 11", "23 000B", Malformation.ALIAS_OUT_OF_RANGE),
                with("publish with two aliases", "23 0001 23 0001", Malformation.PROPERTY_TWICE),
                to(
                        "publish to an alias that has no topic",
                        V5,
                        "30 ( s'' ( 23 0004 ) 'x' )",
                        Malformation.ALIAS_UNKNOWN),
                with("publish with payload format 2", "01 02", Malformation.PROPERTY_OUT_OF_RANGE),
                with(
                        "publish with payload format twice",
                        "01 00 01 00",
                        Malformation.PROPERTY_TWICE),
                with(
                        "publish with expiry twice",
                        "02 00000001 02 00000001",
                        Malformation.PROPERTY_TWICE),
                with(
                        "publish with a content type that is not UTF-8",
                        "03 0001 FF",
                        Malformation.ILL_FORMED_STRING),
                with(
                        "publish with a wildcard in the response topic",
                        "08 s'a/#'",
                        Malformation.RESPONSE_TOPIC_INVALID),
                with(
                        "publish with an empty response topic",
                        "08 s''",
                        Malformation.RESPONSE_TOPIC_INVALID),
                with(
                        "publish with a response topic that is not UTF-8",
                        "08 0001 FE",
                        Malformation.ILL_FORMED_STRING),
                with(
                        "publish with correlation data twice",
                        "09 s'a' 09 s'a'",
                        Malformation.PROPERTY_TWICE),
                with(
                        "publish with a user property that is not UTF-8",
                        "26 s'k' 0001 80",
                        Malformation.ILL_FORMED_STRING),
                with(
                        "publish with a user property without value",
                        "26 s'k'",
                        Malformation.TRUNCATED),
                with(
                        "publish with six user properties",
                        "26 s'' s''".repeat(6),
                        Malformation.TOO_MANY_USER_PROPERTIES),
                with(
                        "publish of a client with a subscription identifier",
                        "0B 01",
                        Malformation.SUBSCRIPTION_ID_FROM_CLIENT),
                with(
                        "publish with a property of CONNECT",
                        "11 00000001",
                        Malformation.PROPERTY_NOT_ALLOWED),
                PacketCase.malformed(
                        "publish of a server with subscription identifier 0",
                        V5,
                        CLIENT,
                        "30 ( s'a' ( 0B 00 ) )",
                        Malformation.PROPERTY_OUT_OF_RANGE),
                to(
                        "publish with a payload that is not the UTF-8 it claims",
                        V5,
                        "30 ( s'a' ( 01 01 ) 61FF )",
                        Malformation.PAYLOAD_NOT_UTF8));
    }
}
