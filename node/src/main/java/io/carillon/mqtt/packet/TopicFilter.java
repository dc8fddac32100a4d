package io.carillon.mqtt.packet;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A topic filter: what a subscription matches, with {@code +} for one level and {@code #} for all
 * that remain. A filter of the form {@code $share/GROUP/FILTER} belongs to a shared subscription
 * group. Immutable. Source: MQTT 5.0, 4.7 and 4.8.2.
 *
 * @param text the filter as the client wrote it, {@code $share/GROUP/} included; its identity
 * @param group the name of the shared subscription group, or null
 * @param pattern the filter that topics are matched with: the text without {@code $share/GROUP/}
 */
public record TopicFilter(String text, @Nullable String group, String pattern) {
    private static final String SHARE = "$share/";

    /**
     * The filter of that text.
     *
     * @throws InvalidTopic if it is empty, too long, holds U+0000 or a wildcard in a wrong place
     *     [MQTT-4.7.1-1] [MQTT-4.7.1-2] [MQTT3-4.7.1-2] [MQTT3-4.7.1-3], or is a shared one without
     *     group or filter [MQTT-4.8.2-1] [MQTT-4.8.2-2]
     */
    public static TopicFilter of(String text) {
        if (!text.startsWith(SHARE)) {
            checkPattern(text);
            return new TopicFilter(text, null, text);
        }
        int slash = text.indexOf('/', SHARE.length());
        if (slash < 0) {
            throw new InvalidTopic("a shared subscription is $share/GROUP/FILTER, not " + text);
        }
        String group = text.substring(SHARE.length(), slash);
        if (group.isEmpty() || group.indexOf('+') >= 0 || group.indexOf('#') >= 0) {
            throw new InvalidTopic("a share group has a name without '+' and '#': " + text);
        }
        String pattern = text.substring(slash + 1);
        checkPattern(pattern);
        return new TopicFilter(text, group, pattern);
    }

    public boolean isShared() {
        return group != null;
    }

    /** True if the pattern holds {@code +} or {@code #}. */
    public boolean hasWildcard() {
        return pattern.indexOf('+') >= 0 || pattern.endsWith("#");
    }

    /** The levels of the pattern, split at each slash; made anew at each call. */
    public String[] levels() {
        return pattern.split("/", -1);
    }

    private static void checkPattern(String pattern) {
        if (pattern.isEmpty()) {
            throw new InvalidTopic("a topic filter needs at least one character");
        }
        int length = pattern.length();
        for (int i = 0; i < length; i++) {
            char c = pattern.charAt(i);
            if (c == 0) {
                throw new InvalidTopic("a topic filter holds no U+0000");
            }
            boolean startsLevel = i == 0 || pattern.charAt(i - 1) == '/';
            boolean endsLevel = i == length - 1 || pattern.charAt(i + 1) == '/';
            if (c == '+' && !(startsLevel && endsLevel)) {
                throw new InvalidTopic("'+' must fill a whole level: " + pattern);
            }
            if (c == '#' && !(startsLevel && i == length - 1)) {
                throw new InvalidTopic("'#' must be the last level and fill it: " + pattern);
            }
        }
        if (length > 65_535 || pattern.getBytes(StandardCharsets.UTF_8).length > 65_535) {
            throw new InvalidTopic("a topic filter has at most 65,535 bytes");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
