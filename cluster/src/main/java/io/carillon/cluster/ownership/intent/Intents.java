package io.carillon.cluster.ownership.intent;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.ownership.HomeState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is to become of each node, by what all that are there say. A node that is there is never
 * taken for gone, whoever says so. One that has said that it leaves and went away does not stay,
 * until it comes back and says otherwise. One thread.
 */
public final class Intents {
    private final Map<NodeId, Intention> said = new HashMap<>();

    /** The node says this now; true if that is news. */
    public boolean hear(NodeId from, Intention intention) {
        Intention before = said.put(from, intention);
        return !intention.equals(before == null ? Intention.NONE : before);
    }

    /**
     * What is to become of a node.
     *
     * @param present the nodes that are there
     */
    public HomeState.Intent of(NodeId node, Set<NodeId> present) {
        boolean leaves = said.getOrDefault(node, Intention.NONE).leaves();
        if (present.contains(node)) {
            return leaves ? HomeState.Intent.LEAVES : HomeState.Intent.STAYS;
        }
        return leaves || goneAsSaid(present).contains(node)
                ? HomeState.Intent.GONE
                : HomeState.Intent.STAYS;
    }

    /** Nodes that are not there and are not to come back. */
    public Set<NodeId> departed(Set<NodeId> present) {
        Set<NodeId> departed = goneAsSaid(present);
        said.forEach(
                (node, intention) -> {
                    if (intention.leaves()) {
                        departed.add(node);
                    }
                });
        departed.removeAll(present);
        return departed;
    }

    /** Nodes that are there, though somebody who is there too says that they are gone for good. */
    public Set<NodeId> mistaken(Set<NodeId> present) {
        Set<NodeId> mistaken = new TreeSet<>(goneAsSaid(present));
        mistaken.retainAll(present);
        return mistaken;
    }

    private Set<NodeId> goneAsSaid(Set<NodeId> present) {
        Set<NodeId> gone = new HashSet<>();
        for (NodeId node : present) {
            gone.addAll(said.getOrDefault(node, Intention.NONE).gone());
        }
        return gone;
    }
}
