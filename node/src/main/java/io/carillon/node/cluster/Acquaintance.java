package io.carillon.node.cluster;

import io.carillon.cluster.Incarnation;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.lease.Standing;
import io.carillon.cluster.lease.View;
import io.carillon.cluster.link.PeerLinks;
import io.carillon.cluster.membership.Members;
import io.carillon.cluster.membership.Peer;
import java.util.HashMap;
import java.util.Map;

/**
 * Whom this node counts on: members to which there is a link, and which have said what is wanted
 * there. On the cluster loop.
 */
final class Acquaintance implements Standing {
    private final Members members;
    private final PeerLinks links;
    private final RouteTalk wants;
    private final Map<NodeId, Incarnation> up = new HashMap<>();

    Acquaintance(Members members, PeerLinks links, RouteTalk wants, Switchboard switchboard) {
        this.members = members;
        this.links = links;
        this.wants = wants;
        switchboard.onUp(up::put);
        switchboard.onDown(up::remove);
    }

    @Override
    public View view() {
        Map<NodeId, Incarnation> nodes = new HashMap<>();
        for (Peer each : members.present()) {
            if (each.node().equals(members.self()) || isMet(each)) {
                nodes.put(each.node(), each.incarnation());
            }
        }
        return new View(nodes, members.size());
    }

    private boolean isMet(Peer peer) {
        return peer.incarnation().equals(up.get(peer.node())) && wants.isMet(peer.node());
    }

    @Override
    public boolean isLevel(NodeId node) {
        return wants.isLevel(node);
    }

    @Override
    public void lapsed() {
        wants.doubt();
    }

    @Override
    public void changed() {
        links.beatNow();
    }
}
