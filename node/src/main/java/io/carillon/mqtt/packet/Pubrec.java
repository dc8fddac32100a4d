package io.carillon.mqtt.packet;

import org.jspecify.annotations.Nullable;

/**
 * PUBREC: first answer to a QoS 2 PUBLISH. Source: MQTT 5.0, 3.5.
 *
 * @param packetId 1 to 65,535
 * @param reasonString for people, or null; sent only to a client that takes problem information
 */
public record Pubrec(
        int packetId,
        ReasonCode reason,
        @Nullable String reasonString,
        UserProperties userProperties)
        implements Packet {

    public Pubrec(int packetId, ReasonCode reason) {
        this(packetId, reason, null, UserProperties.NONE);
    }

    public Pubrec(int packetId) {
        this(packetId, ReasonCode.SUCCESS);
    }
}
