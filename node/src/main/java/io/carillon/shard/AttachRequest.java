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
 * @param caller what the connection is called, like no other in the cluster: a leader that finds
 *     that it was let in already does not take it for another one. 0 if the request is made once
 */
public record AttachRequest(
        String clientId,
        @Nullable String userName,
        boolean cleanStart,
        long sessionExpirySeconds,
        int receiveMaximum,
        @Nullable Will will,
        Outlet outlet,
        long caller) {

    /** A request that is made once. */
    public AttachRequest(
            String clientId,
            @Nullable String userName,
            boolean cleanStart,
            long sessionExpirySeconds,
            int receiveMaximum,
            @Nullable Will will,
            Outlet outlet) {
        this(clientId, userName, cleanStart, sessionExpirySeconds, receiveMaximum, will, outlet, 0);
    }

    /** The same request, which may be made again, from that connection by another way. */
    public AttachRequest by(long connection, Outlet way) {
        return new AttachRequest(
                clientId,
                userName,
                cleanStart,
                sessionExpirySeconds,
                receiveMaximum,
                will,
                way,
                connection);
    }
}
