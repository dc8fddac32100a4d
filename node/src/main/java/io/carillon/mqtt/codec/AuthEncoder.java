package io.carillon.mqtt.codec;

import io.carillon.mqtt.packet.Auth;
import org.jspecify.annotations.Nullable;

/** Lays out AUTH. Source: MQTT 5.0, 3.15. */
final class AuthEncoder {
    private AuthEncoder() {}

    /** Null before 5.0, which has no AUTH. */
    static @Nullable Frame frame(Auth packet, boolean v5) {
        if (!v5) {
            return null;
        }
        Frame frame = new Frame(PacketType.AUTH, true);
        frame.lastReason(packet.reason());
        frame.properties().string(PropertyId.AUTHENTICATION_METHOD, packet.method());
        frame.properties().binary(PropertyId.AUTHENTICATION_DATA, packet.data());
        frame.explain(packet.reasonString(), packet.userProperties());
        return frame;
    }
}
