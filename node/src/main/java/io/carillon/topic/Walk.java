package io.carillon.topic;

import org.jspecify.annotations.Nullable;

/**
 * Finds in the trie what matches a topic. Without recursion: a topic may have 65,536 levels, and
 * whoever subscribes decides how deep the trie is.
 */
final class Walk {
    /** A branch to come back to: a node and where in the topic its children start. */
    private record Pending(Node node, int from, @Nullable Pending next) {}

    private Walk() {}

    /** Whom the topic reaches, by one walk over all branches that match. */
    static Match match(Node root, byte[] topic) {
        Match found = null;
        Pending pending = null;
        Node node = root;
        int from = 0;
        while (true) {
            Node next = null;
            // A leading wildcard does not match a topic that starts with '$' [MQTT-4.7.2-1].
            boolean wild = from > 0 || topic[0] != '$';
            Node rest = wild ? node.rest() : null;
            if (rest != null) {
                // '#' stands for the parent level too: no level need remain.
                found = union(found, rest.match());
            }
            if (from > topic.length) {
                found = union(found, node.match());
            } else {
                long scan = Levels.scan(topic, from);
                int to = Levels.end(scan);
                Node plus = wild ? node.plus() : null;
                next = node.literal(Levels.hash(scan), topic, from, to);
                from = to + 1;
                if (next == null) {
                    next = plus;
                } else if (plus != null) {
                    pending = new Pending(plus, from, pending);
                }
            }
            if (next != null) {
                node = next;
            } else if (pending != null) {
                node = pending.node();
                from = pending.from();
                pending = pending.next();
            } else {
                return found == null ? Match.NONE : found;
            }
        }
    }

    private static @Nullable Match union(@Nullable Match a, @Nullable Match b) {
        if (a == null) {
            return b;
        }
        return b == null ? a : a.union(b);
    }
}
