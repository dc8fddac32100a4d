package io.carillon.mqtt.codec;

import static io.carillon.mqtt.codec.Side.SERVER;
import static io.carillon.mqtt.packet.MqttVersion.V3_1;
import static io.carillon.mqtt.packet.MqttVersion.V3_1_1;
import static io.carillon.mqtt.packet.MqttVersion.V5;

import io.carillon.mqtt.packet.Connect;
import io.carillon.mqtt.packet.ConnectProperties;
import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.MessageProperties;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.UserProperties;
import io.carillon.mqtt.packet.Will;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** CONNECT as it should be. */
final class ConnectPackets {
    private ConnectPackets() {}

    /**
     * The order of the payload [MQTT-3.1.3-1] [MQTT3-3.1.3-1], what each flag brings [MQTT-3.1.2-9]
     * [MQTT-3.1.2-17] [MQTT-3.1.2-19] [MQTT3-3.1.2-9] [MQTT3-3.1.2-19] [MQTT3-3.1.2-21], what its
     * absence keeps away [MQTT-3.1.2-16] [MQTT-3.1.2-18] [MQTT3-3.1.2-18] [MQTT3-3.1.2-20], and
     * client ids [MQTT-3.1.3-3] [MQTT-3.1.3-6] [MQTT3-3.1.3-3] [MQTT3-3.1.3-6].
     */
    static List<PacketCase> cases() {
        return List.of(
                PacketCase.valid(
                        "connect 3.1.1",
                        V3_1_1,
                        SERVER,
                        "10 ( s'MQTT' 04 02 003C s'alice' )",
                        new Connect(
                                V3_1_1,
                                "alice",
                                true,
                                60,
                                null,
                                null,
                                null,
                                ConnectProperties.DEFAULT)),
                PacketCase.valid(
                        "connect 3.1.1 without client id",
                        V3_1_1,
                        SERVER,
                        "10 ( s'MQTT' 04 02 0000 s'' )",
                        new Connect(
                                V3_1_1, "", true, 0, null, null, null, ConnectProperties.DEFAULT)),
                PacketCase.valid(
                        "connect 3.1.1 with everything",
                        V3_1_1,
                        SERVER,
                        "10 ( s'MQTT' 04 F4 FFFF s'bob' s'will/bob' s'gone' s'user' s'secret' )",
                        new Connect(
                                V3_1_1,
                                "bob",
                                false,
                                65_535,
                                will("will/bob", "gone", QoS.EXACTLY_ONCE, true),
                                "user",
                                utf8("secret"),
                                ConnectProperties.DEFAULT)),
                // [MQTT-3.1.3-5] [MQTT3-3.1.3-5] 23 letters and digits, which every server takes.
                PacketCase.valid(
                        "connect 3.1.1 with a client id of 23 characters",
                        V3_1_1,
                        SERVER,
                        "10 ( s'MQTT' 04 02 003C s'0123456789abcXYZ0123456' )",
                        new Connect(
                                V3_1_1,
                                "0123456789abcXYZ0123456",
                                true,
                                60,
                                null,
                                null,
                                null,
                                ConnectProperties.DEFAULT)),
                PacketCase.valid(
                        "connect 3.1",
                        V3_1,
                        SERVER,
                        "10 ( s'MQIsdp' 03 82 000A s'carol' s'carol' )",
                        new Connect(
                                V3_1,
                                "carol",
                                true,
                                10,
                                null,
                                "carol",
                                null,
                                ConnectProperties.DEFAULT)),
                // 3.1 lets the packet end before the user name and password that it announces.
                PacketCase.readable(
                        "connect 3.1 without the announced user name",
                        V3_1,
                        SERVER,
                        "10 ( s'MQIsdp' 03 C2 000A s'carol' )",
                        new Connect(
                                V3_1,
                                "carol",
                                true,
                                10,
                                null,
                                null,
                                null,
                                ConnectProperties.DEFAULT)),
                PacketCase.readable(
                        "connect 3.1 with unused flags",
                        V3_1,
                        SERVER,
                        "10 ( s'MQIsdp' 03 3B 000A s'carol' )",
                        new Connect(
                                V3_1,
                                "carol",
                                true,
                                10,
                                null,
                                null,
                                null,
                                ConnectProperties.DEFAULT)),
                PacketCase.valid(
                        "connect 5",
                        V5,
                        SERVER,
                        "10 ( s'MQTT' 05 02 003C () s'alice' )",
                        new Connect(
                                V5,
                                "alice",
                                true,
                                60,
                                null,
                                null,
                                null,
                                ConnectProperties.DEFAULT)),
                PacketCase.valid(
                        "connect 5 without client id",
                        V5,
                        SERVER,
                        "10 ( s'MQTT' 05 00 003C () s'' )",
                        new Connect(
                                V5, "", false, 60, null, null, null, ConnectProperties.DEFAULT)),
                // A password alone is allowed in 5.0.
                PacketCase.valid(
                        "connect 5 with a password only",
                        V5,
                        SERVER,
                        "10 ( s'MQTT' 05 42 003C () s'alice' s'token' )",
                        new Connect(
                                V5,
                                "alice",
                                true,
                                60,
                                null,
                                null,
                                utf8("token"),
                                ConnectProperties.DEFAULT)),
                PacketCase.valid(
                        "connect 5 with everything",
                        V5,
                        SERVER,
                        "10 ( s'MQTT' 05 CE 001E"
                                + " ( 11 00000E10 21 0014 27 00010000 22 0005 19 01 17 00"
                                + " 15 s'SCRAM' 16 s'first' 26 s'k' s'v' 26 s'k' s'w' )"
                                + " s'bob'"
                                + " ( 18 00000005 02 0000003C 01 01 03 s'text/plain' 08 s'answer'"
                                + " 09 s'7' 26 s'a' s'b' ) s'will/bob' s'gone'"
                                + " s'user' s'secret' )",
                        new Connect(
                                V5,
                                "bob",
                                true,
                                30,
                                new Will(
                                        new Message(
                                                Topic.of("will/bob"),
                                                utf8("gone"),
                                                MessageProperties.ofChecked(
                                                        Notation.bytes(
                                                                "01 01 03 s'text/plain'"
                                                                        + " 08 s'answer' 09 s'7'"
                                                                        + " 26 s'a' s'b'")),
                                                Message.NEVER),
                                        QoS.AT_LEAST_ONCE,
                                        false,
                                        5,
                                        60),
                                "user",
                                utf8("secret"),
                                new ConnectProperties(
                                        3600,
                                        20,
                                        65_536,
                                        5,
                                        true,
                                        false,
                                        "SCRAM",
                                        utf8("first"),
                                        UserProperties.of("k", "v", "k", "w")))),
                // What says the default is read, and left out when written.
                PacketCase.readable(
                        "connect 5 with all the defaults",
                        V5,
                        SERVER,
                        "10 ( s'MQTT' 05 02 003C ( 11 00000000 21 FFFF 27 FFFFFFFF 22 0000 19 00"
                                + " 17 01 ) s'alice' )",
                        new Connect(
                                V5,
                                "alice",
                                true,
                                60,
                                null,
                                null,
                                null,
                                ConnectProperties.DEFAULT)));
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Will will(String topic, String payload, QoS qos, boolean retain) {
        return new Will(Message.of(Topic.of(topic), utf8(payload)), qos, retain, 0, -1);
    }
}
