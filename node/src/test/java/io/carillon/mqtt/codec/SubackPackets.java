package io.carillon.mqtt.codec;

import static io.carillon.mqtt.codec.Side.CLIENT;
import static io.carillon.mqtt.packet.MqttVersion.V3_1;
import static io.carillon.mqtt.packet.MqttVersion.V3_1_1;
import static io.carillon.mqtt.packet.MqttVersion.V5;

import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Suback;
import io.carillon.mqtt.packet.Unsuback;
import io.carillon.mqtt.packet.UserProperties;
import java.util.List;

/** SUBACK and UNSUBACK, read by a client. */
final class SubackPackets {
    private SubackPackets() {}

    /** [MQTT-3.9.3-2] [MQTT-3.11.3-2] [MQTT3-3.9.3-2] */
    static List<PacketCase> cases() {
        return List.of(
                PacketCase.valid(
                        "suback 3.1.1",
                        V3_1_1,
                        CLIENT,
                        "90 ( 0001 00 01 02 80 )",
                        new Suback(
                                1,
                                List.of(
                                        ReasonCode.SUCCESS,
                                        ReasonCode.GRANTED_QOS_1,
                                        ReasonCode.GRANTED_QOS_2,
                                        ReasonCode.UNSPECIFIED_ERROR))),
                PacketCase.valid(
                        "suback 3.1",
                        V3_1,
                        CLIENT,
                        "90 ( 0001 01 )",
                        new Suback(1, List.of(ReasonCode.GRANTED_QOS_1))),
                PacketCase.valid(
                        "suback 5",
                        V5,
                        CLIENT,
                        "90 ( 0001 () 01 8F )",
                        new Suback(
                                1,
                                List.of(
                                        ReasonCode.GRANTED_QOS_1,
                                        ReasonCode.TOPIC_FILTER_INVALID))),
                PacketCase.valid(
                        "suback 5 with everything",
                        V5,
                        CLIENT,
                        "90 ( 0001 ( 1F s'why' 26 s'k' s'v' ) 87 )",
                        new Suback(
                                1,
                                List.of(ReasonCode.NOT_AUTHORIZED),
                                "why",
                                UserProperties.of("k", "v"))),
                PacketCase.valid(
                        "unsuback 3.1.1",
                        V3_1_1,
                        CLIENT,
                        "B0 ( 0001 )",
                        new Unsuback(1, List.of())),
                PacketCase.valid(
                        "unsuback 5",
                        V5,
                        CLIENT,
                        "B0 ( 0001 ( 1F s'why' 26 s'k' s'v' ) 00 11 )",
                        new Unsuback(
                                1,
                                List.of(ReasonCode.SUCCESS, ReasonCode.NO_SUBSCRIPTION_EXISTED),
                                "why",
                                UserProperties.of("k", "v"))),
                PacketCase.malformed(
                        "suback 3.1.1 with a reason of 5",
                        V3_1_1,
                        CLIENT,
                        "90 ( 0001 87 )",
                        Malformation.REASON_NOT_ALLOWED),
                PacketCase.malformed(
                        "suback 5 with QoS 3",
                        V5,
                        CLIENT,
                        "90 ( 0001 () 03 )",
                        Malformation.REASON_NOT_ALLOWED),
                PacketCase.malformed(
                        "suback 5 without reason",
                        V5,
                        CLIENT,
                        "90 ( 0001 () )",
                        Malformation.NO_REASON),
                PacketCase.malformed(
                        "unsuback 5 with a granted QoS",
                        V5,
                        CLIENT,
                        "B0 ( 0001 () 01 )",
                        Malformation.REASON_NOT_ALLOWED),
                PacketCase.malformed(
                        "unsuback 3.1.1 with a reason",
                        V3_1_1,
                        CLIENT,
                        "B0 ( 0001 00 )",
                        Malformation.TRAILING_BYTES));
    }
}
