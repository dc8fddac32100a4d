package io.carillon.topic;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The nodes and how they come and go with the filters. Changed inside the trie's writer lock. Paths
 * are walked in loops, never by recursion: a filter may have 65,536 levels.
 */
final class Tree {
    private final Node root = new Node(new byte[0], 0);
    private final LevelPool pool = new LevelPool();

    Node root() {
        return root;
    }

    /** The node where a pattern ends, or null. For any thread. */
    @Nullable Node find(byte[] pattern) {
        Node node = root;
        for (int from = 0; node != null && from <= pattern.length; ) {
            long scan = Levels.scan(pattern, from);
            node = node.child(Levels.hash(scan), pattern, from, Levels.end(scan));
            from = Levels.end(scan) + 1;
        }
        return node;
    }

    /** The node where a pattern ends, made if need be. */
    Node grow(byte[] pattern) {
        Node node = root;
        for (int from = 0; from <= pattern.length; ) {
            long scan = Levels.scan(pattern, from);
            int hash = Levels.hash(scan);
            int to = Levels.end(scan);
            Node child = node.child(hash, pattern, from, to);
            if (child == null) {
                child = new Node(pool.levelOf(hash, pattern, from, to), hash);
                node.add(child);
            }
            node = child;
            from = to + 1;
        }
        return node;
    }

    /** Takes away what is empty on the way to a pattern that is there, from its end upwards. */
    void prune(byte[] pattern) {
        Deque<Node> path = new ArrayDeque<>();
        path.push(root);
        Node node = root;
        for (int from = 0; node != null && from <= pattern.length; ) {
            long scan = Levels.scan(pattern, from);
            node = node.child(Levels.hash(scan), pattern, from, Levels.end(scan));
            from = Levels.end(scan) + 1;
            if (node != null) {
                path.push(node);
            }
        }
        Node child = path.pop();
        for (Node parent : path) {
            if (!child.isEmpty()) {
                return;
            }
            parent.remove(child);
            child = parent;
        }
    }
}
