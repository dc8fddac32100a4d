package io.carillon.mqtt.packet;

/**
 * How a client wants the messages of one subscription. Source: MQTT 5.0, 3.8.3.1.
 *
 * @param maximumQos the highest QoS at which messages are sent
 * @param noLocal true if the client's own messages stay away
 * @param retainAsPublished true if the retain flag is kept as the publisher set it
 * @param retainHandling when retained messages are sent
 */
public record SubscriptionOptions(
        QoS maximumQos, boolean noLocal, boolean retainAsPublished, RetainHandling retainHandling) {

    /** When a SUBSCRIBE makes the server send the retained messages that match. */
    public enum RetainHandling {
        ALWAYS(0),
        IF_NEW(1),
        NEVER(2);

        private static final RetainHandling[] LEVELS = values();

        private final int level;

        RetainHandling(int level) {
            this.level = level;
        }

        /** The number on the wire: 0, 1 or 2. */
        public int level() {
            return level;
        }

        /**
         * The handling of a number from the wire.
         *
         * @throws IllegalArgumentException if it is not 0, 1 or 2
         */
        public static RetainHandling of(int level) {
            if (level < 0 || level > 2) {
                throw new IllegalArgumentException(
                        "retain handling must be 0, 1 or 2, not " + level);
            }
            return LEVELS[level];
        }
    }

    /** What 3.1 and 3.1.1 can ask for: a QoS. */
    public static SubscriptionOptions of(QoS maximumQos) {
        return new SubscriptionOptions(maximumQos, false, false, RetainHandling.ALWAYS);
    }
}
