package io.carillon.topic;

/** Whether a filter matches a topic, by the standard's text, level by level and slowly. */
final class NaiveTopics {
    private NaiveTopics() {}

    static boolean matches(String pattern, String topic) {
        boolean leadingWildcard = pattern.startsWith("+") || pattern.startsWith("#");
        if (topic.startsWith("$") && leadingWildcard) {
            return false;
        }
        return matches(pattern.split("/", -1), 0, topic.split("/", -1), 0);
    }

    private static boolean matches(String[] pattern, int p, String[] topic, int t) {
        if (p == pattern.length) {
            return t == topic.length;
        }
        if (pattern[p].equals("#")) {
            return true;
        }
        return t < topic.length
                && (pattern[p].equals("+") || pattern[p].equals(topic[t]))
                && matches(pattern, p + 1, topic, t + 1);
    }
}
