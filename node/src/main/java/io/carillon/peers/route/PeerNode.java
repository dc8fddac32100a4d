package io.carillon.peers.route;

import io.carillon.cluster.NodeId;
import io.carillon.topic.Lanes;
import io.carillon.topic.StandIn;

/** The transient subscribers of another node. */
public final class PeerNode extends StandIn {
    private final NodeId node;

    public PeerNode(Lanes lanes, int index, NodeId node) {
        super(lanes.peerLane(index), "node " + node);
        this.node = node;
    }

    public NodeId node() {
        return node;
    }
}
