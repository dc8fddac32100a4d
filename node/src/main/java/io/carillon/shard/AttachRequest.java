package io.carillon.shard;

import io.carillon.mqtt.packet.Will;
import org.jspecify.annotations.Nullable;

/**
 * A connection asks to be the one of its client id.
 *
 * @param clientId never empty
 * @param userName who the client proved to be, or null; a live connection is taken over only by the
 *     same
 * @param sessionExpirySeconds how long the session outlives the connection, within the server's
 *     limit; 0 makes it a transient one
 * @param receiveMaximum how many QoS 1 and 2 messages may be in flight to the client, 1 to 65,535
 */
public record AttachRequest(
        String clientId,
        @Nullable String userName,
        boolean cleanStart,
        long sessionExpirySeconds,
        int receiveMaximum,
        @Nullable Will will,
        Outlet outlet) {}
