package io.carillon.mqtt.packet;

import org.jspecify.annotations.Nullable;

/**
 * DISCONNECT: the last packet of a connection, from either side; 3.x servers send none. Source:
 * MQTT 5.0, 3.14.
 *
 * @param sessionExpirySeconds the session expiry that replaces CONNECT's, or -1 where it is left
 *     out
 */
public record Disconnect(
        ReasonCode reason,
        long sessionExpirySeconds,
        @Nullable String reasonString,
        UserProperties userProperties,
        @Nullable String serverReference)
        implements Packet {

    public Disconnect(ReasonCode reason, @Nullable String reasonString) {
        this(reason, -1, reasonString, UserProperties.NONE, null);
    }
}
