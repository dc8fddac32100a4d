package io.carillon.mqtt.codec;

import static io.carillon.mqtt.packet.MqttVersion.V3_1;
import static io.carillon.mqtt.packet.MqttVersion.V3_1_1;
import static io.carillon.mqtt.packet.MqttVersion.V5;

import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.Pubcomp;
import io.carillon.mqtt.packet.Pubrec;
import io.carillon.mqtt.packet.Pubrel;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.UserProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** PUBACK, PUBREC, PUBREL and PUBCOMP, whose cases are alike, to both sides. */
final class AckPackets {
    /** Makes one of the four packets. */
    private interface Maker {
        Packet make(int id, ReasonCode reason, @Nullable String text, UserProperties users);
    }

    private AckPackets() {}

    static List<PacketCase> cases() {
        List<PacketCase> cases = new ArrayList<>();
        for (Side reader : Side.values()) {
            cases.addAll(
                    of(
                            "puback",
                            reader,
                            "40",
                            "10",
                            ReasonCode.NO_MATCHING_SUBSCRIBERS,
                            Puback::new));
            cases.addAll(of("pubrec", reader, "50", "97", ReasonCode.QUOTA_EXCEEDED, Pubrec::new));
            cases.addAll(
                    of(
                            "pubrel",
                            reader,
                            "62",
                            "92",
                            ReasonCode.PACKET_IDENTIFIER_NOT_FOUND,
                            Pubrel::new));
            cases.addAll(
                    of(
                            "pubcomp",
                            reader,
                            "70",
                            "92",
                            ReasonCode.PACKET_IDENTIFIER_NOT_FOUND,
                            Pubcomp::new));
        }
        cases.add(
                PacketCase.readable(
                        "pubrel 3.1 again", V3_1, Side.SERVER, "6A ( 0001 )", new Pubrel(1)));
        return cases;
    }

    /**
     * [MQTT-2.2.2-1] [MQTT-3.4.2-1] [MQTT-3.5.2-1] [MQTT-3.6.1-1] [MQTT-3.6.2-1] [MQTT-3.7.2-1]
     * [MQTT3-3.6.1-1]
     */
    private static List<PacketCase> of(
            String name, Side reader, String first, String code, ReasonCode reason, Maker maker) {
        String to = " to " + reader.name().toLowerCase(Locale.ROOT);
        String otherFlags = first.charAt(0) + (first.endsWith("2") ? "0" : "2");
        Packet plain = maker.make(1, ReasonCode.SUCCESS, null, UserProperties.NONE);
        return List.of(
                PacketCase.valid(name + " 3.1.1" + to, V3_1_1, reader, first + " ( 0001 )", plain),
                PacketCase.valid(name + " 5" + to, V5, reader, first + " ( 0001 )", plain),
                PacketCase.readable(
                        name + " 5 with a needless reason" + to,
                        V5,
                        reader,
                        first + " ( 0001 00 )",
                        plain),
                PacketCase.readable(
                        name + " 5 with needless properties" + to,
                        V5,
                        reader,
                        first + " ( 0001 00 () )",
                        plain),
                PacketCase.valid(
                        name + " 5 with a reason" + to,
                        V5,
                        reader,
                        first + " ( 0102 " + code + " )",
                        maker.make(0x0102, reason, null, UserProperties.NONE)),
                PacketCase.valid(
                        name + " 5 with everything" + to,
                        V5,
                        reader,
                        first + " ( FFFF " + code + " ( 1F s'why' 26 s'k' s'v' ) )",
                        maker.make(65_535, reason, "why", UserProperties.of("k", "v"))),
                PacketCase.malformed(
                        name + " 3.1.1 with more than an id" + to,
                        V3_1_1,
                        reader,
                        first + " ( 0001 00 )",
                        Malformation.TRAILING_BYTES),
                PacketCase.malformed(
                        name + " with id 0" + to,
                        V5,
                        reader,
                        first + " ( 0000 )",
                        Malformation.PACKET_ID_ZERO),
                PacketCase.malformed(
                        name + " without id" + to,
                        V5,
                        reader,
                        first + " ( 00 )",
                        Malformation.TRUNCATED),
                PacketCase.malformed(
                        name + " with a reason of another packet" + to,
                        V5,
                        reader,
                        first + " ( 0001 8E )",
                        Malformation.REASON_NOT_ALLOWED),
                PacketCase.malformed(
                        name + " with a reason that there is not" + to,
                        V5,
                        reader,
                        first + " ( 0001 FF )",
                        Malformation.REASON_NOT_ALLOWED),
                PacketCase.malformed(
                        name + " with two reason strings" + to,
                        V5,
                        reader,
                        first + " ( 0001 " + code + " ( 1F s'a' 1F s'b' ) )",
                        Malformation.PROPERTY_TWICE),
                PacketCase.malformed(
                        name + " with a property of another packet" + to,
                        V5,
                        reader,
                        first + " ( 0001 " + code + " ( 03 s'a' ) )",
                        Malformation.PROPERTY_NOT_ALLOWED),
                PacketCase.malformed(
                        name + " with bytes behind the properties" + to,
                        V5,
                        reader,
                        first + " ( 0001 " + code + " () 00 )",
                        Malformation.TRAILING_BYTES),
                PacketCase.malformed(
                        name + " 5 with other flags" + to,
                        V5,
                        reader,
                        otherFlags + " ( 0001 )",
                        Malformation.WRONG_FLAGS),
                PacketCase.malformed(
                        name + " 3.1.1 with other flags" + to,
                        V3_1_1,
                        reader,
                        otherFlags + " ( 0001 )",
                        Malformation.WRONG_FLAGS));
    }
}
