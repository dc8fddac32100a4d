package io.carillon.mqtt.codec;

import io.carillon.mqtt.packet.Disconnect;
import org.jspecify.annotations.Nullable;

/** Lays out DISCONNECT. Source: MQTT 5.0, 3.14. */
final class DisconnectEncoder {
    private DisconnectEncoder() {}

    /** Null for a server before 5.0, which has no DISCONNECT to send. */
    static @Nullable Frame frame(Disconnect packet, boolean v5, Side sender) {
        if (!v5 && sender == Side.SERVER) {
            return null;
        }
        Frame frame = new Frame(PacketType.DISCONNECT, v5);
        frame.lastReason(packet.reason());
        // [MQTT-3.14.2-2]
        if (sender == Side.CLIENT) {
            frame.properties()
                    .u32Unless(-1, PropertyId.SESSION_EXPIRY, packet.sessionExpirySeconds());
        }
        frame.properties().string(PropertyId.SERVER_REFERENCE, packet.serverReference());
        frame.explain(packet.reasonString(), packet.userProperties());
        return frame;
    }
}
