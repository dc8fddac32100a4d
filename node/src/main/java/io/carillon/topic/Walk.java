package io.carillon.topic;

import org.jspecify.annotations.Nullable;

/**
 * Finds in the trie what matches a topic. Without recursion: a topic may have 65,536 levels, and
 * whoever subscribes decides how deep the trie is.
 */
final class Walk {
    /** A branch to come back to: a node and where in the topic its children start. */
    private record Pending(Node node, int from, @Nullable Pending next) {}

    /** What one filter contributes to the match of a topic, and what the others do. */
    record Found(Match match, @Nullable Found next) {}

    private Walk() {}

    /** The one match of all that was found. */
    static Match union(@Nullable Found found) {
        if (found == null) {
            return Match.NONE;
        }
        Match union = found.match();
        for (Found more = found.next(); more != null; more = more.next()) {
            union = union.union(more.match());
        }
        return union;
    }

    /** The matches of all filters that the topic matches, or null for none. */
    static @Nullable Found find(Node root, byte[] topic) {
        Found found = null;
        Pending pending = null;
        Node node = root;
        int from = 0;
        while (true) {
            Node next = null;
            // A leading wildcard does not match a topic that starts with '$' [MQTT-4.7.2-1]
            // [MQTT3-4.7.2-1].
            boolean wild = from > 0 || topic[0] != '$';
            Node rest = wild ? node.rest() : null;
            if (rest != null) {
                // '#' stands for the parent level too: no level need remain.
                found = plus(found, rest);
            }
            if (from > topic.length) {
                found = plus(found, node);
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
                return found;
            }
        }
    }

    private static @Nullable Found plus(@Nullable Found found, Node node) {
        Match match = node.match();
        return match == null ? found : new Found(match, found);
    }
}
