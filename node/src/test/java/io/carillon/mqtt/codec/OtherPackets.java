package io.carillon.mqtt.codec;

import static io.carillon.mqtt.codec.Side.CLIENT;
import static io.carillon.mqtt.codec.Side.SERVER;
import static io.carillon.mqtt.packet.MqttVersion.V3_1_1;
import static io.carillon.mqtt.packet.MqttVersion.V5;

import io.carillon.mqtt.packet.Auth;
import io.carillon.mqtt.packet.Disconnect;
import io.carillon.mqtt.packet.Pingreq;
import io.carillon.mqtt.packet.Pingresp;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.UserProperties;
import java.util.List;
import java.util.stream.Stream;

/** PINGREQ, PINGRESP, DISCONNECT and AUTH. */
final class OtherPackets {
    private OtherPackets() {}

    static List<PacketCase> cases() {
        return Stream.of(pings(), disconnects(), auths()).flatMap(List::stream).toList();
    }

    private static List<PacketCase> pings() {
        return List.of(
                PacketCase.valid("pingreq 3.1.1", V3_1_1, SERVER, "C0 ()", new Pingreq()),
                PacketCase.valid("pingreq 5", V5, SERVER, "C0 ()", new Pingreq()),
                PacketCase.valid("pingresp 5", V5, CLIENT, "D0 ()", new Pingresp()),
                PacketCase.malformed(
                        "pingreq with a body",
                        V5,
                        SERVER,
                        "C0 ( 00 )",
                        Malformation.TRAILING_BYTES),
                PacketCase.malformed(
                        "pingreq with flags", V5, SERVER, "C1 ()", Malformation.WRONG_FLAGS));
    }

    /** [MQTT-3.14.1-1] [MQTT-3.14.2-1] [MQTT-3.14.2-2] [MQTT3-3.14.1-1] */
    private static List<PacketCase> disconnects() {
        return List.of(
                PacketCase.valid(
                        "disconnect 3.1.1",
                        V3_1_1,
                        SERVER,
                        "E0 ()",
                        new Disconnect(ReasonCode.SUCCESS, null)),
                PacketCase.valid(
                        "disconnect 5",
                        V5,
                        SERVER,
                        "E0 ()",
                        new Disconnect(ReasonCode.SUCCESS, null)),
                PacketCase.valid(
                        "disconnect 5 with will",
                        V5,
                        SERVER,
                        "E0 ( 04 )",
                        new Disconnect(ReasonCode.DISCONNECT_WITH_WILL, null)),
                PacketCase.valid(
                        "disconnect 5 with everything",
                        V5,
                        SERVER,
                        "E0 ( 00 ( 11 0000003C 1F s'bye' 26 s'k' s'v' ) )",
                        new Disconnect(
                                ReasonCode.SUCCESS, 60, "bye", UserProperties.of("k", "v"), null)),
                PacketCase.valid(
                        "disconnect 5 of a server",
                        V5,
                        CLIENT,
                        "E0 ( 9D ( 1C s'there' 1F s'moved' ) )",
                        new Disconnect(
                                ReasonCode.SERVER_MOVED,
                                -1,
                                "moved",
                                UserProperties.NONE,
                                "there")),
                PacketCase.malformed(
                        "disconnect 5 with flags", V5, SERVER, "E1 ()", Malformation.WRONG_FLAGS),
                PacketCase.malformed(
                        "disconnect 3.1.1 with flags",
                        V3_1_1,
                        SERVER,
                        "E2 ()",
                        Malformation.WRONG_FLAGS),
                PacketCase.malformed(
                        "disconnect 3.1.1 with a reason",
                        V3_1_1,
                        SERVER,
                        "E0 ( 00 )",
                        Malformation.TRAILING_BYTES),
                PacketCase.malformed(
                        "disconnect 5 of a client with a server's reason",
                        V5,
                        SERVER,
                        "E0 ( 8E )",
                        Malformation.REASON_NOT_ALLOWED),
                PacketCase.malformed(
                        "disconnect 5 of a client with a server reference",
                        V5,
                        SERVER,
                        "E0 ( 00 ( 1C s'there' ) )",
                        Malformation.PROPERTY_NOT_ALLOWED),
                PacketCase.malformed(
                        "disconnect 5 of a server with a session expiry",
                        V5,
                        CLIENT,
                        "E0 ( 8B ( 11 00000001 ) )",
                        Malformation.PROPERTY_NOT_ALLOWED),
                PacketCase.malformed(
                        "disconnect 5 of a server with a client's reason",
                        V5,
                        CLIENT,
                        "E0 ( 04 )",
                        Malformation.REASON_NOT_ALLOWED),
                PacketCase.malformed(
                        "disconnect 3.1.1 of a server",
                        V3_1_1,
                        CLIENT,
                        "E0 ()",
                        Malformation.WRONG_DIRECTION));
    }

    /** [MQTT-3.15.1-1] [MQTT-3.15.2-1] */
    private static List<PacketCase> auths() {
        return List.of(
                PacketCase.valid(
                        "auth of a client",
                        V5,
                        SERVER,
                        "F0 ( 18 ( 15 s'M' 16 s'D' 1F s'why' 26 s'k' s'v' ) )",
                        new Auth(
                                ReasonCode.CONTINUE_AUTHENTICATION,
                                "M",
                                ConnectPackets.utf8("D"),
                                "why",
                                UserProperties.of("k", "v"))),
                PacketCase.valid(
                        "auth again",
                        V5,
                        SERVER,
                        "F0 ( 19 ( 15 s'M' ) )",
                        new Auth(ReasonCode.RE_AUTHENTICATE, "M", null, null, UserProperties.NONE)),
                PacketCase.valid(
                        "auth of a server",
                        V5,
                        CLIENT,
                        "F0 ( 18 ( 15 s'M' 16 s'D' ) )",
                        new Auth(
                                ReasonCode.CONTINUE_AUTHENTICATION,
                                "M",
                                ConnectPackets.utf8("D"),
                                null,
                                UserProperties.NONE)),
                PacketCase.valid(
                        "auth done",
                        V5,
                        CLIENT,
                        "F0 ()",
                        new Auth(ReasonCode.SUCCESS, null, null, null, UserProperties.NONE)),
                PacketCase.malformed(
                        "auth with flags",
                        V5,
                        SERVER,
                        "F1 ( 18 ( 15 s'M' ) )",
                        Malformation.WRONG_FLAGS),
                PacketCase.malformed(
                        "auth without a body", V5, SERVER, "F0 ()", Malformation.TRUNCATED),
                PacketCase.malformed(
                        "auth without method",
                        V5,
                        SERVER,
                        "F0 ( 18 ( 16 s'D' ) )",
                        Malformation.AUTHENTICATION_METHOD_MISSING),
                PacketCase.malformed(
                        "auth of a client that says success",
                        V5,
                        SERVER,
                        "F0 ( 00 ( 15 s'M' ) )",
                        Malformation.REASON_NOT_ALLOWED),
                PacketCase.malformed(
                        "auth of a server that asks to do it again",
                        V5,
                        CLIENT,
                        "F0 ( 19 ( 15 s'M' ) )",
                        Malformation.REASON_NOT_ALLOWED),
                PacketCase.malformed(
                        "auth in 3.1.1",
                        V3_1_1,
                        SERVER,
                        "F0 ( 18 ( 15 s'M' ) )",
                        Malformation.RESERVED_TYPE));
    }
}
