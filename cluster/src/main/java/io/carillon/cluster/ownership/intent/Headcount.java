package io.carillon.cluster.ownership.intent;

import io.carillon.cluster.NodeId;
import java.util.HashSet;
import java.util.Set;

/**
 * How many nodes a cluster has from which some have departed for good.
 *
 * <p>Two sides of a partition can't both have a majority as long as nobody counts with less than
 * the number of nodes that live. So what is taken off is only who was counted before: founders, and
 * who is known to have been there, or to have held replicas, since this node started. Others may
 * have departed before the number was configured, and are not taken off once more.
 */
public final class Headcount {
    private Headcount() {}

    /**
     * The number of nodes to take the majority of.
     *
     * @param configured the largest number that is configured at a node that is there
     * @param known the founders, the nodes that were there since this one started, and who held
     *     replicas since
     * @param departed the nodes that are not to come back and hold nothing any more
     */
    public static int of(int configured, Set<NodeId> known, Set<NodeId> departed) {
        Set<NodeId> living = new HashSet<>(known);
        living.removeAll(departed);
        int counted = known.size() - living.size();
        return Math.max(Math.max(configured - counted, living.size()), 1);
    }
}
