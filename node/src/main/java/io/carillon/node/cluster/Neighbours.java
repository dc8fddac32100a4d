package io.carillon.node.cluster;

import io.carillon.cluster.Incarnation;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.Voter;
import io.carillon.cluster.link.PeerLinks;
import io.carillon.cluster.membership.Members;
import io.carillon.cluster.membership.MembersListener;
import io.carillon.cluster.membership.Peer;
import io.carillon.cluster.ownership.Home;
import io.carillon.loop.Loop;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The other nodes that are members: links to them are opened and given up as they come and go. On
 * the cluster loop.
 */
final class Neighbours implements MembersListener {
    private static final Logger LOG = LoggerFactory.getLogger(Neighbours.class);

    private final Loop loop;
    private final Members members;
    private final PeerLinks links;
    private final Lookup lookup;
    private final Consumer<NodeId> met;
    private final Consumer<NodeId> gone;
    private final Consumer<String> expelled;
    private final Presence presence;
    private final Map<NodeId, Peer> there = new HashMap<>();
    private final Set<NodeId> leaving = new HashSet<>();
    private Runnable changed = () -> {};

    /**
     * @param met told of a node to which there is a link from now on
     * @param gone told of a node that has left, or was started anew
     * @param expelled told once if this node can't be of the cluster any more, with the reason
     * @param presence kept as members are
     */
    Neighbours(
            Loop loop,
            Members members,
            PeerLinks links,
            Lookup lookup,
            Consumer<NodeId> met,
            Consumer<NodeId> gone,
            Consumer<String> expelled,
            Presence presence) {
        this.loop = loop;
        this.members = members;
        this.links = links;
        this.lookup = lookup;
        this.met = met;
        this.gone = gone;
        this.expelled = expelled;
        this.presence = presence;
    }

    /** Runs the task whenever nodes have come or gone. */
    void onChange(Runnable task) {
        changed = task;
    }

    /** The nodes that may lead: those that are there and don't leave. */
    Set<NodeId> fit() {
        Set<NodeId> fit = new HashSet<>(there.keySet());
        fit.add(members.self());
        fit.removeAll(leaving);
        return fit;
    }

    /** True if that start of the node is a member; it is told so once it can be reached. */
    boolean isThere(NodeId node, Incarnation incarnation) {
        Peer peer = there.get(node);
        return peer != null && peer.incarnation().equals(incarnation);
    }

    /** The node is about to stop. */
    void leaves(NodeId node) {
        leaving.add(node);
    }

    /** Where replicas may be, as far as nodes are there. */
    List<Home> homes(Home self) {
        return Stream.concat(Stream.of(self), there.values().stream().map(Neighbours::home))
                .toList();
    }

    private static Home home(Peer peer) {
        return new Home(new Voter(peer.node(), peer.incarnation().disk()), peer.zone());
    }

    @Override
    public void joined(Peer peer) {
        there.put(peer.node(), peer);
        presence.joined(peer.incarnation());
        leaving.remove(peer.node());
        lookup.find(peer.address(), found -> loop.execute(() -> connect(peer, found)));
        changed.run();
    }

    private void connect(Peer peer, InetSocketAddress found) {
        if (found.isUnresolved()) {
            LOG.error("node {} says it is at {}: no such host", peer.node(), peer.address());
        } else if (peer.equals(there.get(peer.node()))) {
            links.connect(peer.node(), found);
            met.accept(peer.node());
        }
    }

    @Override
    public void left(Peer peer) {
        there.remove(peer.node());
        presence.left(peer.incarnation());
        leaving.remove(peer.node());
        links.disconnect(peer.node());
        gone.accept(peer.node());
        changed.run();
    }

    @Override
    public void majority(boolean isThere) {
        changed.run();
    }

    @Override
    public void expelled(String reason) {
        expelled.accept(reason);
    }
}
