package io.carillon.mqtt.codec;

import static io.carillon.mqtt.codec.Side.CLIENT;
import static io.carillon.mqtt.codec.Side.SERVER;
import static io.carillon.mqtt.packet.MqttVersion.V3_1_1;
import static io.carillon.mqtt.packet.MqttVersion.V5;

import io.carillon.mqtt.packet.Connect;
import io.carillon.mqtt.packet.ConnectProperties;
import io.carillon.mqtt.packet.Pingreq;
import java.util.List;

/** What is wrong with the fixed header alone. */
final class HeaderPackets {
    private HeaderPackets() {}

    /** [MQTT-1.5.5-1] [MQTT-2.1.3-1] [MQTT-3.2.2-15] [MQTT3-2.2.2-1] [MQTT3-2.2.2-2] */
    static List<PacketCase> cases() {
        return List.of(
                PacketCase.malformed(
                        "type 0 in 5", V5, SERVER, "00 ()", Malformation.RESERVED_TYPE),
                PacketCase.malformed(
                        "type 0 in 3.1.1", V3_1_1, SERVER, "00 ()", Malformation.RESERVED_TYPE),
                PacketCase.malformed(
                        "connect with flags",
                        V5,
                        SERVER,
                        "11 ( s'MQTT' 05 02 003C () s'a' )",
                        Malformation.WRONG_FLAGS),
                PacketCase.malformed(
                        "connack to a server",
                        V5,
                        SERVER,
                        "20 ( 00 00 () )",
                        Malformation.WRONG_DIRECTION),
                PacketCase.malformed(
                        "suback to a server",
                        V3_1_1,
                        SERVER,
                        "90 ( 0001 00 )",
                        Malformation.WRONG_DIRECTION),
                PacketCase.malformed(
                        "unsuback to a server",
                        V3_1_1,
                        SERVER,
                        "B0 ( 0001 )",
                        Malformation.WRONG_DIRECTION),
                PacketCase.malformed(
                        "pingresp to a server", V5, SERVER, "D0 ()", Malformation.WRONG_DIRECTION),
                PacketCase.malformed(
                        "pingreq to a client", V5, CLIENT, "C0 ()", Malformation.WRONG_DIRECTION),
                PacketCase.malformed(
                        "subscribe to a client",
                        V5,
                        CLIENT,
                        "82 ( 0001 () s'a' 00 )",
                        Malformation.WRONG_DIRECTION),
                PacketCase.malformed(
                        "remaining length of five bytes",
                        V5,
                        SERVER,
                        "30 8080808001",
                        Malformation.LENGTH_TOO_LONG),
                PacketCase.malformed(
                        "pingreq 5 with a padded length",
                        V5,
                        SERVER,
                        "C0 8000",
                        Malformation.LENGTH_NOT_MINIMAL),
                PacketCase.malformed(
                        "connect 5 with a padded length",
                        V5,
                        SERVER,
                        "10 8E00 s'MQTT' 05 02 003C () s'a'",
                        Malformation.LENGTH_NOT_MINIMAL),
                // 3.1.1 does not ask for the shortest form.
                PacketCase.readable(
                        "pingreq 3.1.1 with a padded length",
                        V3_1_1,
                        SERVER,
                        "C0 808000",
                        new Pingreq()),
                PacketCase.readable(
                        "connect 3.1.1 with a padded length",
                        V3_1_1,
                        SERVER,
                        "10 8D00 s'MQTT' 04 02 003C s'a'",
                        new Connect(
                                V3_1_1,
                                "a",
                                true,
                                60,
                                null,
                                null,
                                null,
                                ConnectProperties.DEFAULT)),
                PacketCase.malformed(
                        "publish of 10,001 bytes",
                        V5,
                        SERVER,
                        "30 8E4E 0001",
                        Malformation.PACKET_TOO_LARGE),
                PacketCase.malformed(
                        "connect of 1,001 bytes",
                        V5,
                        SERVER,
                        "10 E607 0004",
                        Malformation.PACKET_TOO_LARGE));
    }
}
