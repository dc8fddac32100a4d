package io.carillon.mqtt.packet;

import org.jspecify.annotations.Nullable;

/**
 * CONNACK: the answer to CONNECT. The encoder turns the reason into a return code for 3.x. Source:
 * MQTT 5.0, 3.2.
 */
public record Connack(boolean sessionPresent, ReasonCode reason, ConnackProperties properties)
        implements Packet {

    /** A refusal; a session is never present in it [MQTT-3.2.2-6]. */
    public static Connack refused(ReasonCode reason, @Nullable String reasonString) {
        return new Connack(
                false, reason, ConnackProperties.builder().reasonString(reasonString).build());
    }
}
