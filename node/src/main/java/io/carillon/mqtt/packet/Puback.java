package io.carillon.mqtt.packet;

import org.jspecify.annotations.Nullable;

/**
 * PUBACK: the message of a QoS 1 PUBLISH is taken, or refused with a reason. Source: MQTT 5.0, 3.4.
 *
 * @param packetId 1 to 65,535
 * @param reasonString for people, or null; sent only to a client that takes problem information
 */
public record Puback(
        int packetId,
        ReasonCode reason,
        @Nullable String reasonString,
        UserProperties userProperties)
        implements Packet {

    public Puback(int packetId, ReasonCode reason) {
        this(packetId, reason, null, UserProperties.NONE);
    }

    public Puback(int packetId) {
        this(packetId, ReasonCode.SUCCESS);
    }
}
