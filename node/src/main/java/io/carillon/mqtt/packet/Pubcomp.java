package io.carillon.mqtt.packet;

import org.jspecify.annotations.Nullable;

/**
 * PUBCOMP: the last packet of a QoS 2 exchange. Source: MQTT 5.0, 3.7.
 *
 * @param packetId 1 to 65,535
 * @param reasonString for people, or null; sent only to a client that takes problem information
 */
public record Pubcomp(
        int packetId,
        ReasonCode reason,
        @Nullable String reasonString,
        UserProperties userProperties)
        implements Packet {

    public Pubcomp(int packetId, ReasonCode reason) {
        this(packetId, reason, null, UserProperties.NONE);
    }

    public Pubcomp(int packetId) {
        this(packetId, ReasonCode.SUCCESS);
    }
}
