package io.carillon.config;

/**
 * Limits of one session.
 *
 * @param expirySecondsMax longest life without a connection, or {@link #NEVER}; also of 3.x
 *     sessions that are not clean
 */
public record SessionConfig(long expirySecondsMax, int subscriptionsMax) {
    /** The session expiry interval that means no expiry, in seconds. */
    public static final long NEVER = 0xFFFF_FFFFL;

    static final Key<Long> EXPIRY_MAX =
            Key.of(
                    "mqtt.sessionExpiryMax",
                    Units.orWord("never", NEVER * 1_000, Units.millis("0", "49709d")),
                    "7d",
                    "Longest life of a session whose client is away; never for no limit");

    static final Key<Integer> SUBSCRIPTIONS_MAX =
            Key.of(
                    "mqtt.maxSubscriptionsPerClient",
                    Types.integer(1, 10_000_000),
                    "10000",
                    "Most subscriptions of one client");

    static SessionConfig from(Values values) {
        return new SessionConfig(
                Math.ceilDiv(values.get(EXPIRY_MAX), 1_000), values.get(SUBSCRIPTIONS_MAX));
    }
}
