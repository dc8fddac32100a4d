package io.carillon.cluster.ownership;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.Voter;

/**
 * Where replicas may be: a node, its disk, and what it shares with others that may fail together.
 *
 * @param zone the same for nodes that may fail together; empty if nothing is known
 */
public record Home(Voter voter, String zone) {

    public NodeId node() {
        return voter.node();
    }
}
