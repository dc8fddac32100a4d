package io.carillon.mqtt.codec;

import static io.carillon.mqtt.codec.Side.CLIENT;
import static io.carillon.mqtt.packet.MqttVersion.V3_1;
import static io.carillon.mqtt.packet.MqttVersion.V3_1_1;
import static io.carillon.mqtt.packet.MqttVersion.V5;

import io.carillon.mqtt.packet.Connack;
import io.carillon.mqtt.packet.ConnackProperties;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.UserProperties;
import java.util.List;

/** CONNACK, read by a client. */
final class ConnackPackets {
    private ConnackPackets() {}

    /** [MQTT-3.2.2-1] [MQTT-3.2.2-6] [MQTT-3.2.2-8] [MQTT3-3.2.2-4] */
    static List<PacketCase> cases() {
        return List.of(
                PacketCase.valid(
                        "connack 3.1",
                        V3_1,
                        CLIENT,
                        "20 ( 00 00 )",
                        new Connack(false, ReasonCode.SUCCESS, ConnackProperties.DEFAULT)),
                PacketCase.valid(
                        "connack 3.1.1 with session",
                        V3_1_1,
                        CLIENT,
                        "20 ( 01 00 )",
                        new Connack(true, ReasonCode.SUCCESS, ConnackProperties.DEFAULT)),
                PacketCase.valid(
                        "connack 3.1.1 not authorized",
                        V3_1_1,
                        CLIENT,
                        "20 ( 00 05 )",
                        new Connack(false, ReasonCode.NOT_AUTHORIZED, ConnackProperties.DEFAULT)),
                PacketCase.valid(
                        "connack 5",
                        V5,
                        CLIENT,
                        "20 ( 00 00 () )",
                        new Connack(false, ReasonCode.SUCCESS, ConnackProperties.DEFAULT)),
                PacketCase.valid(
                        "connack 5 refused",
                        V5,
                        CLIENT,
                        "20 ( 00 87 ( 1F s'no' ) )",
                        Connack.refused(ReasonCode.NOT_AUTHORIZED, "no")),
                PacketCase.valid(
                        "connack 5 with everything",
                        V5,
                        CLIENT,
                        "20 ( 01 00 ( 11 FFFFFFFF 21 000A 24 01 25 00 27 00100000 12 s'id'"
                                + " 22 0008 28 00 29 00 2A 00 13 001E 1A s'resp' 1C s'other'"
                                + " 15 s'M' 16 s'D' 1F s'fine' 26 s'k' s'v' ) )",
                        new Connack(
                                true,
                                ReasonCode.SUCCESS,
                                ConnackProperties.builder()
                                        .sessionExpirySeconds(0xFFFF_FFFFL)
                                        .receiveMaximum(10)
                                        .maximumQos(QoS.AT_LEAST_ONCE)
                                        .retainAvailable(false)
                                        .maximumPacketSize(1 << 20)
                                        .assignedClientId("id")
                                        .topicAliasMaximum(8)
                                        .wildcardSubscriptionAvailable(false)
                                        .subscriptionIdentifiersAvailable(false)
                                        .sharedSubscriptionAvailable(false)
                                        .serverKeepAliveSeconds(30)
                                        .responseInformation("resp")
                                        .serverReference("other")
                                        .authenticationMethod("M")
                                        .authenticationData(ConnectPackets.utf8("D"))
                                        .reasonString("fine")
                                        .userProperties(UserProperties.of("k", "v"))
                                        .build())),
                PacketCase.malformed(
                        "connack 5 with reserved flags",
                        V5,
                        CLIENT,
                        "20 ( 02 00 () )",
                        Malformation.CONNACK_RESERVED_FLAGS),
                PacketCase.malformed(
                        "connack 5 with a session in a refusal",
                        V5,
                        CLIENT,
                        "20 ( 01 87 () )",
                        Malformation.SESSION_PRESENT_IN_REFUSAL),
                PacketCase.malformed(
                        "connack 3.1.1 with a session in a refusal",
                        V3_1_1,
                        CLIENT,
                        "20 ( 01 05 )",
                        Malformation.SESSION_PRESENT_IN_REFUSAL),
                PacketCase.malformed(
                        "connack 3.1.1 with return code 6",
                        V3_1_1,
                        CLIENT,
                        "20 ( 00 06 )",
                        Malformation.REASON_NOT_ALLOWED),
                PacketCase.malformed(
                        "connack 5 with a reason of SUBACK",
                        V5,
                        CLIENT,
                        "20 ( 00 01 () )",
                        Malformation.REASON_NOT_ALLOWED),
                PacketCase.malformed(
                        "connack 5 with maximum QoS 2",
                        V5,
                        CLIENT,
                        "20 ( 00 00 ( 24 02 ) )",
                        Malformation.PROPERTY_OUT_OF_RANGE),
                PacketCase.malformed(
                        "connack 5 with receive maximum 0",
                        V5,
                        CLIENT,
                        "20 ( 00 00 ( 21 0000 ) )",
                        Malformation.PROPERTY_OUT_OF_RANGE),
                PacketCase.malformed(
                        "connack 3.1.1 with properties",
                        V3_1_1,
                        CLIENT,
                        "20 ( 00 00 00 )",
                        Malformation.TRAILING_BYTES));
    }
}
