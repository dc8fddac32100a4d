package io.carillon.config;

/**
 * The queue of each durable session.
 *
 * @param qos0WhileOffline whether QoS 0 messages wait for a client that is not connected
 */
public record QueueConfig(int messagesMax, long bytesMax, Policy policy, boolean qos0WhileOffline) {
    /** What a full queue does with one more message; either way one is lost, counted and logged. */
    public enum Policy {
        /** The new message does not enter. */
        REJECT_NEW,
        /** The oldest messages leave until the new one fits. */
        DROP_OLDEST
    }

    static final Key<Integer> MESSAGES_MAX =
            Key.of(
                    "mqtt.queue.maxMessages",
                    Types.integer(1, 100_000_000),
                    "100000",
                    "Most messages that wait for one client; they wait on disk");

    static final Key<Long> BYTES_MAX =
            Key.of(
                    "mqtt.queue.maxBytes",
                    Units.bytes("1KiB", "1TiB"),
                    "64MiB",
                    "Most bytes that wait for one client");

    static final Key<Policy> POLICY =
            Key.of(
                    "mqtt.queue.policy",
                    Types.choice(Policy.class),
                    "reject-new",
                    "What a full queue loses: reject-new (the new message) or drop-oldest");

    static final Key<Boolean> QOS0_WHILE_OFFLINE =
            Key.of(
                    "mqtt.queue.qos0WhileOffline",
                    Types.BOOLEAN,
                    "false",
                    "Queue QoS 0 messages too for clients that are not connected");

    static QueueConfig from(Values values) {
        return new QueueConfig(
                values.get(MESSAGES_MAX),
                values.get(BYTES_MAX),
                values.get(POLICY),
                values.get(QOS0_WHILE_OFFLINE));
    }
}
