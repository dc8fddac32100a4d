package io.carillon.mqtt.codec;

import io.carillon.mqtt.packet.ReasonCode;
import org.jspecify.annotations.Nullable;

/**
 * The one way in which decoding fails; the connection ends with it [MQTT-4.13.1-1] [MQTT3-4.8.0-1].
 * Carries the named cause and the type of the packet. Has no stack trace: whoever sends garbage
 * must not cost us more than that.
 */
public final class MalformedPacket extends Exception {
    private static final long serialVersionUID = 1L;

    private final Malformation malformation;
    private final @Nullable PacketType type;

    MalformedPacket(Malformation malformation, @Nullable PacketType type, String detail) {
        super(message(malformation, type, detail), null, false, false);
        this.malformation = malformation;
        this.type = type;
    }

    private static String message(
            Malformation malformation, @Nullable PacketType type, String detail) {
        String what = (type == null ? "packet" : type) + ": " + malformation.sentence();
        return detail.isEmpty() ? what : what + " (" + detail + ")";
    }

    public Malformation malformation() {
        return malformation;
    }

    /** The reason for CONNACK, if CONNECT is what was malformed, or else for DISCONNECT. */
    public ReasonCode reason() {
        return malformation.reason();
    }

    /** The type of the packet, or null if not even that is known. */
    public @Nullable PacketType type() {
        return type;
    }
}
