package io.carillon.mqtt.packet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** SUBACK: one reason code per filter of a SUBSCRIBE, in its order. Source: MQTT 5.0, 3.9. */
public record Suback(
        int packetId,
        List<ReasonCode> reasons,
        @Nullable String reasonString,
        UserProperties userProperties)
        implements Packet {

    public Suback {
        reasons = List.copyOf(reasons);
    }

    public Suback(int packetId, List<ReasonCode> reasons) {
        this(packetId, reasons, null, UserProperties.NONE);
    }
}
