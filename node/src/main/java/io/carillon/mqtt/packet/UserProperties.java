package io.carillon.mqtt.packet;

import java.util.List;

/**
 * User properties in the order of arrival; names may repeat. Source: MQTT 5.0, 2.2.2.2.
 *
 * @param pairs the name/value pairs, in order
 */
public record UserProperties(List<Pair> pairs) {
    /** No user property. */
    public static final UserProperties NONE = new UserProperties(List.of());

    /** One name with its value. */
    public record Pair(String name, String value) {}

    public UserProperties {
        pairs = List.copyOf(pairs);
    }

    public boolean isEmpty() {
        return pairs.isEmpty();
    }

    /** User properties of alternating names and values. */
    public static UserProperties of(String... namesAndValues) {
        Pair[] pairs = new Pair[namesAndValues.length / 2];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = new Pair(namesAndValues[2 * i], namesAndValues[2 * i + 1]);
        }
        return new UserProperties(List.of(pairs));
    }
}
