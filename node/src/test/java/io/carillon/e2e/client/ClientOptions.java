package io.carillon.e2e.client;

import java.util.Optional;

/**
 * With what a client connects.
 *
 * @param clean clean session, or clean start
 * @param expirySeconds how long the session outlives its connection; before MQTT 5.0 only whether
 * @param manualAcks whether received messages are acknowledged only when the test says so
 */
public record ClientOptions(
        String clientId,
        boolean clean,
        long expirySeconds,
        boolean manualAcks,
        Optional<Will> will,
        Limits limits) {

    /**
     * What the broker publishes for a client that vanishes.
     *
     * @param delaySeconds for MQTT 5.0 only
     */
    public record Will(Message message, long delaySeconds) {}

    /**
     * What the broker may do towards the client; the last two for MQTT 5.0 only.
     *
     * @param topicAliasMax most aliases for topics
     * @param receiveMax most unacknowledged messages
     */
    public record Limits(int keepAliveSeconds, int topicAliasMax, int receiveMax) {
        static final Limits USUAL = new Limits(60, 0, 65_535);
    }

    /** A session that ends with its connection. */
    public static ClientOptions transientSession(String clientId) {
        return new ClientOptions(clientId, true, 0, false, Optional.empty(), Limits.USUAL);
    }

    /** A session that outlives its connection, resumed if there is one. */
    public static ClientOptions durableSession(String clientId) {
        return new ClientOptions(clientId, false, 3600, false, Optional.empty(), Limits.USUAL);
    }

    public ClientOptions withWill(Message message) {
        return withWill(message, 0);
    }

    public ClientOptions withWill(Message message, long delaySeconds) {
        Optional<Will> other = Optional.of(new Will(message, delaySeconds));
        return new ClientOptions(clientId, clean, expirySeconds, manualAcks, other, limits);
    }

    public ClientOptions withExpiry(long seconds) {
        return new ClientOptions(clientId, clean, seconds, manualAcks, will, limits);
    }

    public ClientOptions withManualAcks() {
        return new ClientOptions(clientId, clean, expirySeconds, true, will, limits);
    }

    public ClientOptions withLimits(Limits other) {
        return new ClientOptions(clientId, clean, expirySeconds, manualAcks, will, other);
    }
}
