package io.carillon.mqtt.codec;

import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Suback;
import io.carillon.mqtt.packet.Unsuback;

/** Lays out SUBACK and UNSUBACK. Source: MQTT 5.0, 3.9 and 3.11. */
final class SubackEncoder {
    private SubackEncoder() {}

    static Frame frame(Suback packet, MqttVersion version) {
        Frame frame = new Frame(PacketType.SUBACK, version.hasProperties());
        frame.head().u16(packet.packetId());
        frame.explain(packet.reasonString(), packet.userProperties());
        for (ReasonCode reason : packet.reasons()) {
            frame.payload().u8(code(reason, version));
        }
        return frame;
    }

    /** Without reason codes before 5.0. */
    static Frame frame(Unsuback packet, boolean v5) {
        Frame frame = new Frame(PacketType.UNSUBACK, v5);
        frame.head().u16(packet.packetId());
        frame.explain(packet.reasonString(), packet.userProperties());
        if (v5) {
            for (ReasonCode reason : packet.reasons()) {
                frame.payload().u8(reason.value());
            }
        }
        return frame;
    }

    /**
     * 3.1.1 has one code for every failure [MQTT3-3.9.3-2]. 3.1 has none: it wants a refused filter
     * acknowledged like any other, so that its client sees QoS 0 granted and no message.
     */
    private static int code(ReasonCode reason, MqttVersion version) {
        if (!reason.isError()) {
            return reason.value();
        }
        return switch (version) {
            case V3_1 -> 0;
            case V3_1_1 -> 0x80;
            case V5 -> reason.value();
        };
    }
}
