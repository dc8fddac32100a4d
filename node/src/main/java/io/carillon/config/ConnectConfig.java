package io.carillon.config;

/**
 * What a client may ask for when it connects.
 *
 * @param connectBytesMax size of a packet before CONNECT is accepted
 * @param keepAliveSecondsMax longest keep-alive; 0 means no limit
 */
public record ConnectConfig(
        int connectionsMax,
        long connectTimeoutMillis,
        int connectBytesMax,
        int keepAliveSecondsMax,
        int clientIdBytesMax,
        boolean allowEmptyClientId) {
    static final Key<Integer> CONNECTIONS_MAX =
            Key.of(
                    "mqtt.maxConnections",
                    Types.integer(1, 10_000_000),
                    "100000",
                    "Most connections at once; further ones are refused");

    static final Key<Long> CONNECT_TIMEOUT =
            Key.of(
                    "mqtt.connectTimeout",
                    Units.millis("100ms", "10m"),
                    "10s",
                    "Longest time from the connection to an accepted CONNECT, TLS included");

    static final Key<Long> CONNECT_BYTES_MAX =
            Key.of(
                    "mqtt.maxConnectSize",
                    Units.bytes("128", "16MiB"),
                    "64KiB",
                    "Largest CONNECT or AUTH, its will included, of a client not yet accepted");

    static final Key<Long> KEEP_ALIVE_MAX =
            Key.of(
                    "mqtt.keepAliveMax",
                    Units.orWord("off", 0, Units.millis("1s", "65535s")),
                    "off",
                    "Longest keep-alive, and that of clients that ask for none; off for no limit");

    static final Key<Integer> CLIENT_ID_BYTES_MAX =
            Key.of(
                    "mqtt.clientIdMaxBytes",
                    Types.integer(23, 65_535),
                    "1024",
                    "Longest client id, in bytes of UTF-8");

    static final Key<Boolean> ALLOW_EMPTY_CLIENT_ID =
            Key.of(
                    "mqtt.allowEmptyClientId",
                    Types.BOOLEAN,
                    "true",
                    "Give an id to clients that connect without one");

    static ConnectConfig from(Values values) {
        return new ConnectConfig(
                values.get(CONNECTIONS_MAX),
                values.get(CONNECT_TIMEOUT),
                Math.toIntExact(values.get(CONNECT_BYTES_MAX)),
                // A part of a second is not less than none of it: 0 would mean no limit.
                Math.toIntExact(Math.ceilDiv(values.get(KEEP_ALIVE_MAX), 1_000)),
                values.get(CLIENT_ID_BYTES_MAX),
                values.get(ALLOW_EMPTY_CLIENT_ID));
    }
}
