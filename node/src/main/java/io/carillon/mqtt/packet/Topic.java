package io.carillon.mqtt.packet;

import java.nio.charset.StandardCharsets;

/**
 * A topic name: where a message is published. Immutable, never empty, without wildcards and without
 * U+0000, at most 65,535 bytes of UTF-8 [MQTT-3.3.2-2] [MQTT-4.7.0-1] [MQTT-4.7.3-1] [MQTT-4.7.3-2]
 * [MQTT-4.7.3-3] [MQTT3-3.3.2-2] [MQTT3-4.7.1-1] [MQTT3-4.7.3-1] [MQTT3-4.7.3-2] [MQTT3-4.7.3-3].
 * Names are compared character by character, never normalized [MQTT-4.7.3-4] [MQTT3-4.7.3-4].
 */
public final class Topic {
    private final String name;
    private final byte[] utf8;

    private Topic(String name, byte[] utf8) {
        this.name = name;
        this.utf8 = utf8;
    }

    /**
     * The topic of that name.
     *
     * @throws InvalidTopic if it is empty, too long, or holds a wildcard or U+0000
     */
    public static Topic of(String name) {
        return of(name, name.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The topic of a name whose bytes are already known; the array becomes the topic's own.
     *
     * @throws InvalidTopic if it is empty, too long, or holds a wildcard or U+0000
     */
    public static Topic of(String name, byte[] utf8) {
        if (utf8.length == 0) {
            throw new InvalidTopic("a topic name needs at least one character");
        }
        if (utf8.length > 65_535) {
            throw new InvalidTopic("a topic name has at most 65,535 bytes, not " + utf8.length);
        }
        for (byte b : utf8) {
            if (b == '+' || b == '#' || b == 0) {
                throw new InvalidTopic("a topic name holds no '+', '#' or U+0000: " + name);
            }
        }
        return new Topic(name, utf8);
    }

    public String name() {
        return name;
    }

    /** The bytes of the name; the topic's own array, never to be written to. */
    public byte[] utf8() {
        return utf8;
    }

    /** True if the name starts with {@code $}: leading wildcards don't match it [MQTT-4.7.2-1]. */
    public boolean isReserved() {
        return utf8[0] == '$';
    }

    /** The levels of the name, split at each slash; made anew at each call. */
    public String[] levels() {
        return name.split("/", -1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Topic that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
