package io.carillon.bench.client;

import org.jspecify.annotations.Nullable;

/**
 * What a client says of itself in CONNECT.
 *
 * @param sessionExpirySeconds how long the session outlives the connection; for 3.1.1 {@code
 *     cleanStart} alone decides
 * @param keepAliveSeconds 0 for none
 */
public record Identity(
        Protocol protocol,
        String clientId,
        boolean cleanStart,
        long sessionExpirySeconds,
        int keepAliveSeconds,
        @Nullable String user,
        @Nullable String password) {

    /** The same client, going on with its session or not. */
    public Identity withCleanStart(boolean clean) {
        return new Identity(
                protocol, clientId, clean, sessionExpirySeconds, keepAliveSeconds, user, password);
    }
}
