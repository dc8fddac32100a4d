package io.carillon.cluster.ownership;

/**
 * A node as the planner of seats sees it.
 *
 * @param reachable whether it is a member now and could take a replica
 */
public record HomeState(Home home, boolean reachable, Intent intent) {

    /** What is to become of a node. Only people decide that one does not stay. */
    public enum Intent {
        /** Keeps its replicas, however long it is away, and takes new ones. */
        STAYS,
        /** Gives up its replicas one by one, to be stopped once it has none. */
        LEAVES,
        /** Will never come back with this disk: its replicas are made anew elsewhere. */
        GONE
    }

    boolean takes() {
        return reachable && intent == Intent.STAYS;
    }
}
