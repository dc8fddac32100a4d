package io.carillon.config;

/** Retained messages: whether there are any, and how many the node keeps. */
public record RetainedConfig(boolean enabled, int messagesMax, long bytesMax) {
    static final Key<Boolean> ENABLED =
            Key.of(
                    "mqtt.retained.enabled",
                    Types.BOOLEAN,
                    "true",
                    "Keep retained messages; if not, clients are told and retaining is refused");

    static final Key<Integer> MESSAGES_MAX =
            Key.of(
                    "mqtt.retained.maxMessages",
                    Types.integer(0, 1_000_000_000),
                    "1000000",
                    "Most retained messages; further topics are refused, kept ones may change");

    static final Key<Long> BYTES_MAX =
            Key.of(
                    "mqtt.retained.maxBytes",
                    Units.bytes("0", "1024TiB"),
                    "1GiB",
                    "Most bytes of retained messages, on disk");

    static RetainedConfig from(Values values) {
        return new RetainedConfig(
                values.get(ENABLED), values.get(MESSAGES_MAX), values.get(BYTES_MAX));
    }
}
