package io.carillon.peers.route;

import io.carillon.cluster.NodeId;
import io.carillon.topic.Lanes;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * The other nodes that have routes here, each with a lane of its own. A lane is free again once the
 * last route of its node is gone. On the cluster loop.
 */
final class PeerNodes {
    private static final class Known {
        final PeerNode node;
        final int index;
        int routes;

        Known(PeerNode node, int index) {
            this.node = node;
            this.index = index;
        }
    }

    private final Lanes lanes;
    private final Map<NodeId, Known> known = new HashMap<>();
    private final BitSet used = new BitSet();

    PeerNodes(Lanes lanes) {
        this.lanes = lanes;
    }

    PeerNode of(NodeId node) {
        return known.computeIfAbsent(node, this::enter).node;
    }

    /** The node has so many routes more, or fewer. */
    void count(NodeId node, int change) {
        Known entry = known.get(node);
        if (entry == null) {
            return;
        }
        entry.routes += change;
        if (entry.routes == 0) {
            known.remove(node);
            used.clear(entry.index);
        }
    }

    private Known enter(NodeId node) {
        int index = used.nextClearBit(0);
        used.set(index);
        return new Known(new PeerNode(lanes, index, node), index);
    }
}
