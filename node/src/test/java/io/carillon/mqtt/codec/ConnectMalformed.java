package io.carillon.mqtt.codec;

import static io.carillon.mqtt.codec.Side.SERVER;
import static io.carillon.mqtt.packet.MqttVersion.V3_1;
import static io.carillon.mqtt.packet.MqttVersion.V3_1_1;
import static io.carillon.mqtt.packet.MqttVersion.V5;

import java.util.List;
import java.util.stream.Stream;

/** CONNECT as it must not be. */
final class ConnectMalformed {
    private ConnectMalformed() {}

    static List<PacketCase> cases() {
        return Stream.of(protocol(), flags(), payload(), properties())
                .flatMap(List::stream)
                .toList();
    }

    /** [MQTT-3.1.2-1] [MQTT-3.1.2-2] [MQTT3-3.1.2-1] [MQTT3-3.1.2-2] */
    private static List<PacketCase> protocol() {
        return List.of(
                PacketCase.malformed(
                        "connect with an unknown protocol name",
                        V5,
                        SERVER,
                        "10 ( s'MQTTS' 05 02 003C () s'a' )",
                        Malformation.UNKNOWN_PROTOCOL_NAME),
                PacketCase.malformed(
                        "connect with a protocol name in lower case",
                        V3_1_1,
                        SERVER,
                        "10 ( s'mqtt' 04 02 003C s'a' )",
                        Malformation.UNKNOWN_PROTOCOL_NAME),
                PacketCase.malformed(
                        "connect with level 6",
                        V5,
                        SERVER,
                        "10 ( s'MQTT' 06 02 003C () s'a' )",
                        Malformation.UNKNOWN_PROTOCOL_LEVEL),
                PacketCase.malformed(
                        "connect with level 0",
                        V3_1_1,
                        SERVER,
                        "10 ( s'MQTT' 00 02 003C s'a' )",
                        Malformation.UNKNOWN_PROTOCOL_LEVEL),
                PacketCase.malformed(
                        "connect with the level of 3.1 and the name of 3.1.1",
                        V3_1_1,
                        SERVER,
                        "10 ( s'MQTT' 03 02 003C s'a' )",
                        Malformation.UNKNOWN_PROTOCOL_LEVEL),
                PacketCase.malformed(
                        "connect with a bridge's level",
                        V3_1_1,
                        SERVER,
                        "10 ( s'MQTT' 84 02 003C s'a' )",
                        Malformation.UNKNOWN_PROTOCOL_LEVEL));
    }

    /**
     * [MQTT-3.1.2-3] [MQTT-3.1.2-11] [MQTT-3.1.2-12] [MQTT-3.1.2-13] [MQTT3-3.1.2-3]
     * [MQTT3-3.1.2-11] [MQTT3-3.1.2-13] [MQTT3-3.1.2-14] [MQTT3-3.1.2-15] [MQTT3-3.1.2-22]
     */
    private static List<PacketCase> flags() {
        return List.of(
                PacketCase.malformed(
                        "connect 5 with the reserved flag",
                        V5,
                        SERVER,
                        "10 ( s'MQTT' 05 03 003C () s'a' )",
                        Malformation.CONNECT_RESERVED_FLAG),
                PacketCase.malformed(
                        "connect 3.1.1 with the reserved flag",
                        V3_1_1,
                        SERVER,
                        "10 ( s'MQTT' 04 03 003C s'a' )",
                        Malformation.CONNECT_RESERVED_FLAG),
                PacketCase.malformed(
                        "connect 5 with a will QoS without will",
                        V5,
                        SERVER,
                        "10 ( s'MQTT' 05 0A 003C () s'a' )",
                        Malformation.WILL_FLAGS_WITHOUT_WILL),
                PacketCase.malformed(
                        "connect 3.1.1 with a will QoS without will",
                        V3_1_1,
                        SERVER,
                        "10 ( s'MQTT' 04 0A 003C s'a' )",
                        Malformation.WILL_FLAGS_WITHOUT_WILL),
                PacketCase.malformed(
                        "connect 5 with will retain without will",
                        V5,
                        SERVER,
                        "10 ( s'MQTT' 05 22 003C () s'a' )",
                        Malformation.WILL_FLAGS_WITHOUT_WILL),
                PacketCase.malformed(
                        "connect 3.1.1 with will retain without will",
                        V3_1_1,
                        SERVER,
                        "10 ( s'MQTT' 04 22 003C s'a' )",
                        Malformation.WILL_FLAGS_WITHOUT_WILL),
                PacketCase.malformed(
                        "connect 5 with will QoS 3",
                        V5,
                        SERVER,
                        "10 ( s'MQTT' 05 1E 003C () s'a' () s'w' s'x' )",
                        Malformation.WILL_QOS_3),
                PacketCase.malformed(
                        "connect 3.1.1 with will QoS 3",
                        V3_1_1,
                        SERVER,
                        "10 ( s'MQTT' 04 1E 003C s'a' s'w' s'x' )",
                        Malformation.WILL_QOS_3),
                PacketCase.malformed(
                        "connect 3.1.1 with a password but no user name",
                        V3_1_1,
                        SERVER,
                        "10 ( s'MQTT' 04 42 003C s'a' s'secret' )",
                        Malformation.PASSWORD_WITHOUT_USER_NAME));
    }

    /**
     * [MQTT-3.1.2-16] [MQTT-3.1.2-17] [MQTT-3.1.2-18] [MQTT-3.1.2-19] [MQTT-3.1.3-4]
     * [MQTT-3.1.3-11] [MQTT-3.1.3-12] [MQTT3-3.1.2-18] [MQTT3-3.1.2-19] [MQTT3-3.1.2-20]
     * [MQTT3-3.1.2-21] [MQTT3-3.1.3-4] [MQTT3-3.1.3-7] [MQTT3-3.1.3-8] [MQTT3-3.1.3-10]
     * [MQTT3-3.1.3-11]
     */
    private static List<PacketCase> payload() {
        return List.of(
                PacketCase.malformed(
                        "connect 3.1.1 to a kept session without client id",
                        V3_1_1,
                        SERVER,
                        "10 ( s'MQTT' 04 00 003C s'' )",
                        Malformation.CLIENT_ID_MISSING),
                PacketCase.malformed(
                        "connect 3.1 without client id",
                        V3_1,
                        SERVER,
                        "10 ( s'MQIsdp' 03 02 003C s'' )",
                        Malformation.CLIENT_ID_MISSING),
                PacketCase.malformed(
                        "connect 5 with a long client id",
                        V5,
                        SERVER,
                        "10 ( s'MQTT' 05 02 003C () s'1234567890123456789012345678901' )",
                        Malformation.CLIENT_ID_TOO_LONG),
                PacketCase.malformed(
                        "connect 5 with U+0000 in the client id",
                        V5,
                        SERVER,
                        "10 ( s'MQTT' 05 02 003C () 0003 61 00 62 )",
                        Malformation.ILL_FORMED_STRING),
                PacketCase.malformed(
                        "connect 3.1.1 with a surrogate in the client id",
                        V3_1_1,
                        SERVER,
                        "10 ( s'MQTT' 04 02 003C 0003 EDA080 )",
                        Malformation.ILL_FORMED_STRING),
                PacketCase.malformed(
                        "connect 3.1.1 with a user name that is not UTF-8",
                        V3_1_1,
                        SERVER,
                        "10 ( s'MQTT' 04 82 003C s'a' 0001 FF )",
                        Malformation.ILL_FORMED_STRING),
                PacketCase.malformed(
                        "connect 5 with a user name that is not UTF-8",
                        V5,
                        SERVER,
                        "10 ( s'MQTT' 05 82 003C () s'a' 0002 C0AF )",
                        Malformation.ILL_FORMED_STRING),
                PacketCase.malformed(
                        "connect 5 with a will topic that is not UTF-8",
                        V5,
                        SERVER,
                        "10 ( s'MQTT' 05 06 003C () s'a' () 0001 80 s'x' )",
                        Malformation.ILL_FORMED_STRING),
                PacketCase.malformed(
                        "connect 3.1.1 with a will topic that is not UTF-8",
                        V3_1_1,
                        SERVER,
                        "10 ( s'MQTT' 04 06 003C s'a' 0001 80 s'x' )",
                        Malformation.ILL_FORMED_STRING),
                PacketCase.malformed(
                        "connect 5 with a wildcard in the will topic",
                        V5,
                        SERVER,
                        "10 ( s'MQTT' 05 06 003C () s'a' () s'w/+' s'x' )",
                        Malformation.TOPIC_HAS_WILDCARD),
                PacketCase.malformed(
                        "connect 5 without a will topic",
                        V5,
                        SERVER,
                        "10 ( s'MQTT' 05 06 003C () s'a' () s'' s'x' )",
                        Malformation.TOPIC_MISSING),
                PacketCase.malformed(
                        "connect 5 with a will that is not the UTF-8 it claims",
                        V5,
                        SERVER,
                        "10 ( s'MQTT' 05 06 003C () s'a' ( 01 01 ) s'w' 0001 FF )",
                        Malformation.PAYLOAD_NOT_UTF8),
                PacketCase.malformed(
                        "connect 5 without the announced will",
                        V5,
                        SERVER,
                        "10 ( s'MQTT' 05 06 003C () s'a' )",
                        Malformation.TRUNCATED),
                PacketCase.malformed(
                        "connect 3.1.1 without the announced will",
                        V3_1_1,
                        SERVER,
                        "10 ( s'MQTT' 04 06 003C s'a' )",
                        Malformation.TRUNCATED),
                PacketCase.malformed(
                        "connect 3.1.1 without the announced user name",
                        V3_1_1,
                        SERVER,
                        "10 ( s'MQTT' 04 82 003C s'a' )",
                        Malformation.TRUNCATED),
                PacketCase.malformed(
                        "connect 5 without the announced password",
                        V5,
                        SERVER,
                        "10 ( s'MQTT' 05 C2 003C () s'a' s'user' )",
                        Malformation.TRUNCATED),
                PacketCase.malformed(
                        "connect 3.1.1 with a user name that no flag announces",
                        V3_1_1,
                        SERVER,
                        "10 ( s'MQTT' 04 02 003C s'a' s'user' )",
                        Malformation.TRAILING_BYTES),
                PacketCase.malformed(
                        "connect 5 with a password that no flag announces",
                        V5,
                        SERVER,
                        "10 ( s'MQTT' 05 82 003C () s'a' s'user' s'secret' )",
                        Malformation.TRAILING_BYTES),
                PacketCase.malformed(
                        "connect that ends within the protocol name",
                        V5,
                        SERVER,
                        "10 ( 0004 'MQ' )",
                        Malformation.TRUNCATED),
                PacketCase.malformed(
                        "connect without a body", V5, SERVER, "10 00", Malformation.TRUNCATED));
    }

    private static PacketCase withProperties(String name, String properties, Malformation cause) {
        return PacketCase.malformed(
                name, V5, SERVER, "10 ( s'MQTT' 05 02 003C ( " + properties + " ) s'a' )", cause);
    }

    private static List<PacketCase> properties() {
        return List.of(
                withProperties(
                        "connect with session expiry twice",
                        "11 00000001 11 00000001",
                        Malformation.PROPERTY_TWICE),
                withProperties(
                        "connect with receive maximum 0",
                        "21 0000",
                        Malformation.PROPERTY_OUT_OF_RANGE),
                withProperties(
                        "connect with receive maximum twice",
                        "21 0001 21 0001",
                        Malformation.PROPERTY_TWICE),
                withProperties(
                        "connect with maximum packet size 0",
                        "27 00000000",
                        Malformation.PROPERTY_OUT_OF_RANGE),
                withProperties(
                        "connect with request problem information 2",
                        "17 02",
                        Malformation.PROPERTY_OUT_OF_RANGE),
                withProperties(
                        "connect with request response information 2",
                        "19 02",
                        Malformation.PROPERTY_OUT_OF_RANGE),
                withProperties(
                        "connect with authentication data but no method",
                        "16 s'x'",
                        Malformation.AUTHENTICATION_METHOD_MISSING),
                withProperties(
                        "connect with authentication method twice",
                        "15 s'x' 15 s'x'",
                        Malformation.PROPERTY_TWICE),
                withProperties(
                        "connect with a property of another packet",
                        "23 0001",
                        Malformation.PROPERTY_NOT_ALLOWED),
                withProperties(
                        "connect with an unknown property",
                        "7F 00",
                        Malformation.PROPERTY_NOT_ALLOWED),
                withProperties(
                        "connect with a property of two bytes",
                        "8001 00",
                        Malformation.PROPERTY_NOT_ALLOWED),
                withProperties(
                        "connect with a padded property identifier",
                        "9100 00000000",
                        Malformation.INTEGER_NOT_MINIMAL),
                withProperties(
                        "connect with a property that ends early",
                        "11 0000",
                        Malformation.TRUNCATED),
                withProperties(
                        "connect with too many user properties",
                        "26 s'' s'' 26 s'' s'' 26 s'' s'' 26 s'' s'' 26 s'' s'' 26 s'' s''",
                        Malformation.TOO_MANY_USER_PROPERTIES),
                withProperties(
                        "connect with a user property that is not UTF-8",
                        "26 0001 FF s'v'",
                        Malformation.ILL_FORMED_STRING),
                PacketCase.malformed(
                        "connect with properties longer than the packet",
                        V5,
                        SERVER,
                        "10 ( s'MQTT' 05 02 003C 7F s'a' )",
                        Malformation.TRUNCATED),
                PacketCase.malformed(
                        "connect with a padded property length",
                        V5,
                        SERVER,
                        "10 ( s'MQTT' 05 02 003C 8000 s'a' )",
                        Malformation.INTEGER_NOT_MINIMAL),
                PacketCase.malformed(
                        "connect with a property length of five bytes",
                        V5,
                        SERVER,
                        "10 ( s'MQTT' 05 02 003C FFFFFFFF7F s'a' )",
                        Malformation.INTEGER_TOO_LONG),
                PacketCase.malformed(
                        "connect with will delay twice",
                        V5,
                        SERVER,
                        "10 ( s'MQTT' 05 06 003C () s'a' ( 18 00000001 18 00000001 ) s'w' s'x' )",
                        Malformation.PROPERTY_TWICE),
                PacketCase.malformed(
                        "connect with a topic alias for the will",
                        V5,
                        SERVER,
                        "10 ( s'MQTT' 05 06 003C () s'a' ( 23 0001 ) s'w' s'x' )",
                        Malformation.PROPERTY_NOT_ALLOWED));
    }
}
