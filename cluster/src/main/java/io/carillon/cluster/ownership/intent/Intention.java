package io.carillon.cluster.ownership.intent;

import io.carillon.cluster.NodeId;
import java.util.Set;

/**
 * What was asked for at a node.
 *
 * @param leaves whether that node is to give up its replicas, to be stopped for good
 * @param gone nodes that will never come back with the disk that they had
 */
public record Intention(boolean leaves, Set<NodeId> gone) {
    /** Nothing was asked for. */
    public static final Intention NONE = new Intention(false, Set.of());

    /** Names in {@link #gone} at most: no cluster has more nodes. */
    public static final int GONE_MAX = 100;

    public Intention {
        gone = Set.copyOf(gone);
        if (gone.size() > GONE_MAX) {
            throw new IllegalArgumentException(
                    gone.size() + " nodes can't be gone: a cluster has at most " + GONE_MAX);
        }
    }
}
