package io.carillon.config;

/**
 * How much may be under way between the broker and one client.
 *
 * @param receiveMax unfinished QoS 1 and 2 messages from a client
 * @param inflightMax unfinished QoS 1 and 2 messages to a client; a v5 client may want fewer
 * @param topicAliasMax aliases that a client may set up
 * @param outboundTopicAliasMax aliases that the broker sets up; a client may want fewer
 * @param outboundBytesMax bytes that wait to be written to a slow client
 * @param slowReaderMillis how long they may be as many without a break
 * @param publishTimeoutMillis longest wait for all that must store a message
 */
public record FlowConfig(
        int receiveMax,
        int inflightMax,
        int topicAliasMax,
        int outboundTopicAliasMax,
        long outboundBytesMax,
        long slowReaderMillis,
        long publishTimeoutMillis) {
    static final Key<Integer> RECEIVE_MAX =
            Key.of(
                    "mqtt.receiveMax",
                    Types.integer(1, 65_535),
                    "256",
                    "Most unacknowledged QoS 1 and 2 messages from one client");

    static final Key<Integer> INFLIGHT_MAX =
            Key.of(
                    "mqtt.maxInflight",
                    Types.integer(1, 65_535),
                    "64",
                    "Most unacknowledged QoS 1 and 2 messages to one client");

    static final Key<Integer> TOPIC_ALIAS_MAX =
            Key.of(
                    "mqtt.topicAliasMax",
                    Types.integer(0, 65_535),
                    "32",
                    "Most topic aliases that one client may use");

    static final Key<Integer> OUTBOUND_TOPIC_ALIAS_MAX =
            Key.of(
                    "mqtt.outboundTopicAliasMax",
                    Types.integer(0, 65_535),
                    "32",
                    "Most topic aliases towards one client that allows them");

    static final Key<Long> OUTBOUND_BYTES_MAX =
            Key.of(
                    "mqtt.outbound.maxBytes",
                    Units.bytes("16KiB", "1GiB"),
                    "1MiB",
                    "Most bytes waiting for one slow client; beyond it QoS 0 messages are dropped");

    static final Key<Long> SLOW_READER =
            Key.of(
                    "mqtt.outbound.slowReaderTimeout",
                    Units.millis("1s", "1h"),
                    "30s",
                    "Longest time that as many bytes may wait; then the client is disconnected");

    static final Key<Long> PUBLISH_TIMEOUT =
            Key.of(
                    "mqtt.publishTimeout",
                    Units.millis("100ms", "10m"),
                    "30s",
                    "Longest wait for a message to be stored; then it is not acknowledged");

    static FlowConfig from(Values values) {
        return new FlowConfig(
                values.get(RECEIVE_MAX),
                values.get(INFLIGHT_MAX),
                values.get(TOPIC_ALIAS_MAX),
                values.get(OUTBOUND_TOPIC_ALIAS_MAX),
                values.get(OUTBOUND_BYTES_MAX),
                values.get(SLOW_READER),
                values.get(PUBLISH_TIMEOUT));
    }
}
