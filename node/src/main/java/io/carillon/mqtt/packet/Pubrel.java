package io.carillon.mqtt.packet;

import org.jspecify.annotations.Nullable;

/**
 * PUBREL: the sender of a QoS 2 message lets its packet identifier go. Source: MQTT 5.0, 3.6.
 *
 * @param packetId 1 to 65,535
 * @param reasonString for people, or null; sent only to a client that takes problem information
 */
public record Pubrel(
        int packetId,
        ReasonCode reason,
        @Nullable String reasonString,
        UserProperties userProperties)
        implements Packet {

    public Pubrel(int packetId, ReasonCode reason) {
        this(packetId, reason, null, UserProperties.NONE);
    }

    public Pubrel(int packetId) {
        this(packetId, ReasonCode.SUCCESS);
    }
}
