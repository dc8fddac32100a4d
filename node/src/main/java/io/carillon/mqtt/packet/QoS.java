package io.carillon.mqtt.packet;

/** Quality of service of a message or the most that a subscription takes. Source: MQTT 5.0, 4.3. */
public enum QoS {
    AT_MOST_ONCE(0),
    AT_LEAST_ONCE(1),
    EXACTLY_ONCE(2);

    private static final QoS[] LEVELS = values();

    private final int level;

    QoS(int level) {
        this.level = level;
    }

    /** The level as the wire carries it: 0, 1 or 2. */
    public int level() {
        return level;
    }

    /** True for levels 1 and 2: a packet identifier and an acknowledgement belong to it. */
    public boolean acknowledged() {
        return this != AT_MOST_ONCE;
    }

    /** The lower of the two. */
    public QoS min(QoS other) {
        return level <= other.level ? this : other;
    }

    /** The higher of the two. */
    public QoS max(QoS other) {
        return level >= other.level ? this : other;
    }

    /**
     * The level of a number from the wire.
     *
     * @throws IllegalArgumentException if it is not 0, 1 or 2
     */
    public static QoS of(int level) {
        if (level < 0 || level > 2) {
            throw new IllegalArgumentException("QoS must be 0, 1 or 2, not " + level);
        }
        return LEVELS[level];
    }
}
