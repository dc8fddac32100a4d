package io.carillon.mqtt.codec;

import static io.carillon.mqtt.codec.Side.CLIENT;
import static io.carillon.mqtt.codec.Side.SERVER;
import static io.carillon.mqtt.packet.MqttVersion.V3_1;
import static io.carillon.mqtt.packet.MqttVersion.V3_1_1;
import static io.carillon.mqtt.packet.MqttVersion.V5;

import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.MessageProperties;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Topic;
import java.util.List;

/** PUBLISH as it should be. */
final class PublishPackets {
    private PublishPackets() {}

    /**
     * [MQTT-2.2.1-2] [MQTT3-2.3.1-5] a packet identifier only above QoS 0; [MQTT-3.3.2-1]
     * [MQTT3-3.3.2-1] the topic comes first; [MQTT-1.5.4-3] [MQTT3-1.5.3-3] a byte order mark
     * stays.
     */
    static List<PacketCase> cases() {
        return List.of(
                PacketCase.valid(
                        "publish 3.1.1",
                        V3_1_1,
                        SERVER,
                        "30 ( s'a/b' 'hello' )",
                        publish("a/b", "hello", QoS.AT_MOST_ONCE, false, false, 0)),
                PacketCase.valid(
                        "publish 3.1.1 at QoS 1",
                        V3_1_1,
                        SERVER,
                        "32 ( s'a/b' 0001 'hello' )",
                        publish("a/b", "hello", QoS.AT_LEAST_ONCE, false, false, 1)),
                PacketCase.valid(
                        "publish 3.1.1 at QoS 2, retained, again",
                        V3_1_1,
                        SERVER,
                        "3D ( s'a/b' FFFF 'hello' )",
                        publish("a/b", "hello", QoS.EXACTLY_ONCE, true, true, 65_535)),
                PacketCase.valid(
                        "publish 3.1.1 without payload",
                        V3_1_1,
                        SERVER,
                        "31 ( s'a/b' )",
                        publish("a/b", "", QoS.AT_MOST_ONCE, true, false, 0)),
                PacketCase.readable(
                        "publish 3.1 with a DUP flag that means nothing",
                        V3_1,
                        SERVER,
                        "38 ( s'a' 'x' )",
                        publish("a", "x", QoS.AT_MOST_ONCE, false, false, 0)),
                PacketCase.valid(
                        "publish 3.1.1 to a client",
                        V3_1_1,
                        CLIENT,
                        "30 ( s'a/b' 'hello' )",
                        publish("a/b", "hello", QoS.AT_MOST_ONCE, false, false, 0)),
                PacketCase.valid(
                        "publish 5",
                        V5,
                        SERVER,
                        "30 ( s'a/b' () 'hello' )",
                        publish("a/b", "hello", QoS.AT_MOST_ONCE, false, false, 0)),
                PacketCase.valid(
                        "publish 5 at QoS 1",
                        V5,
                        SERVER,
                        "32 ( s'a/b' 0007 () 'hello' )",
                        publish("a/b", "hello", QoS.AT_LEAST_ONCE, false, false, 7)),
                PacketCase.valid(
                        "publish 5 at QoS 2",
                        V5,
                        SERVER,
                        "34 ( s'a/b' 0008 () 'hello' )",
                        publish("a/b", "hello", QoS.EXACTLY_ONCE, false, false, 8)),
                PacketCase.valid(
                        "publish 5 to a topic of many characters",
                        V5,
                        SERVER,
                        "30 ( s'$ü/€/\uD834\uDD1E/\uFEFF/ ' () )",
                        publish(
                                "$ü/€/\uD834\uDD1E/\uFEFF/ ",
                                "",
                                QoS.AT_MOST_ONCE,
                                false,
                                false,
                                0)),
                PacketCase.valid(
                        "publish 5 with properties that travel",
                        V5,
                        SERVER,
                        "30 ( s'a/b' ( 26 s'k' s'v' 01 01 26 s'k' s'w' 09 s'id' 03 s'text'"
                                + " 08 s'answers' ) 'hello' )",
                        new Publish(
                                message(
                                        "26 s'k' s'v' 01 01 26 s'k' s'w' 09 s'id' 03 s'text'"
                                                + " 08 s'answers'",
                                        Message.NEVER),
                                QoS.AT_MOST_ONCE,
                                false,
                                false,
                                0)),
                PacketCase.valid(
                        "publish 5 with expiry",
                        V5,
                        SERVER,
                        "30 ( s'a/b' ( 02 0000000A ) 'hello' )",
                        new Publish(
                                message("", PacketTable.CLOCK.millis() + 10_000),
                                QoS.AT_MOST_ONCE,
                                false,
                                false,
                                0)),
                PacketCase.readable(
                        "publish 5 with properties of both kinds",
                        V5,
                        SERVER,
                        "32 ( s'a/b' 0001 ( 26 s'k' s'v' 02 FFFFFFFF 01 00 23 0003 09 s'id' ) 'hello' )",
                        new Publish(
                                message(
                                        "26 s'k' s'v' 01 00 09 s'id'",
                                        PacketTable.CLOCK.millis() + 0xFFFF_FFFFL * 1000),
                                QoS.AT_LEAST_ONCE,
                                false,
                                false,
                                1)),
                PacketCase.valid(
                        "publish 5 to a client with subscription identifiers",
                        V5,
                        CLIENT,
                        "30 ( s'a/b' ( 0B 01 0B 8001 0B FFFFFF7F 26 s'k' s'v' ) 'hello' )",
                        new Publish(
                                message("26 s'k' s'v'", Message.NEVER),
                                QoS.AT_MOST_ONCE,
                                false,
                                false,
                                0,
                                new int[] {1, 128, 268_435_455},
                                0)));
    }

    private static Publish publish(
            String topic, String payload, QoS qos, boolean retain, boolean dup, int packetId) {
        Message message = Message.of(Topic.of(topic), ConnectPackets.utf8(payload));
        return new Publish(message, qos, retain, dup, packetId);
    }

    private static Message message(String properties, long expiresAtMillis) {
        return new Message(
                Topic.of("a/b"),
                ConnectPackets.utf8("hello"),
                MessageProperties.ofChecked(Notation.bytes(properties)),
                expiresAtMillis);
    }
}
