package io.carillon.mqtt.codec;

import io.carillon.mqtt.packet.Topic;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What each topic alias of one direction of a connection stands for; grows up to the maximum as
 * aliases are used. Lives and dies with the connection [MQTT-3.3.2-7].
 */
final class TopicAliases {
    private static final int FIRST_SIZE = 8;

    private int maximum;
    private @Nullable Topic[] topics = {};

    /** Sets the highest alias, 0 to 65,535; nothing is known then. */
    void maximum(int maximum) {
        this.maximum = maximum;
        topics = new Topic[0];
    }

    boolean allows(int alias) {
        return alias >= 1 && alias <= maximum;
    }

    /** The topic of an allowed alias, or null if it was given none. */
    @Nullable Topic get(int alias) {
        return alias < topics.length ? topics[alias] : null;
    }

    void put(int alias, Topic topic) {
        if (alias >= topics.length) {
            int size = Math.max(FIRST_SIZE, Math.max(alias + 1, 2 * topics.length));
            topics = Arrays.copyOf(topics, Math.min(size, maximum + 1));
        }
        topics[alias] = topic;
    }
}
