package io.carillon.config;

/** What a packet may hold. */
public record PacketConfig(
        int packetBytesMax,
        int topicBytesMax,
        int topicLevelsMax,
        int userPropertiesMax,
        boolean validatePayloadFormat) {
    static final Key<Long> PACKET_BYTES_MAX =
            Key.of(
                    "mqtt.maxPacketSize",
                    // The largest remaining length and its five bytes of header.
                    Units.bytes("1KiB", "268435460"),
                    "1MiB",
                    "Largest packet that clients may send");

    static final Key<Integer> TOPIC_BYTES_MAX =
            Key.of(
                    "mqtt.maxTopicBytes",
                    Types.integer(64, 65_535),
                    "65535",
                    "Longest topic or topic filter, in bytes of UTF-8");

    static final Key<Integer> TOPIC_LEVELS_MAX =
            Key.of(
                    "mqtt.maxTopicLevels",
                    Types.integer(8, 65_535),
                    "128",
                    "Most levels of a topic or topic filter");

    static final Key<Integer> USER_PROPERTIES_MAX =
            Key.of(
                    "mqtt.maxUserProperties",
                    Types.integer(0, 10_000),
                    "64",
                    "Most user properties of a packet");

    static final Key<Boolean> VALIDATE_PAYLOAD_FORMAT =
            Key.of(
                    "mqtt.validatePayloadFormat",
                    Types.BOOLEAN,
                    "false",
                    "Refuse payloads that are said to be UTF-8 and aren't");

    static PacketConfig from(Values values) {
        return new PacketConfig(
                Math.toIntExact(values.get(PACKET_BYTES_MAX)),
                values.get(TOPIC_BYTES_MAX),
                values.get(TOPIC_LEVELS_MAX),
                values.get(USER_PROPERTIES_MAX),
                values.get(VALIDATE_PAYLOAD_FORMAT));
    }
}
