package io.carillon.mqtt.packet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * UNSUBACK: one reason code per filter of an UNSUBSCRIBE, in its order; 3.x carries none. Source:
 * MQTT 5.0, 3.11.
 */
public record Unsuback(
        int packetId,
        List<ReasonCode> reasons,
        @Nullable String reasonString,
        UserProperties userProperties)
        implements Packet {

    public Unsuback {
        reasons = List.copyOf(reasons);
    }

    public Unsuback(int packetId, List<ReasonCode> reasons) {
        this(packetId, reasons, null, UserProperties.NONE);
    }
}
