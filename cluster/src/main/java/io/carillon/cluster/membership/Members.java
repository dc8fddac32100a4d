package io.carillon.cluster.membership;

import io.carillon.cluster.NodeId;
import io.carillon.loop.Loop;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is in the cluster, as this node sees it, and whether those in reach are a majority.
 *
 * <p>It compares lists, not events: each list of members, however it came about, is compared with
 * what was known, and listeners hear of the difference. So nothing is missed when a list heals
 * after a partition or several changes come at once.
 *
 * <p><b>The size</b> that the majority is taken of is the largest of: what this node and those in
 * reach are configured to expect, and the largest number of nodes that were there at once since
 * this node started. A number that only grows is safe while nodes with an old and a new setting run
 * side by side; {@link #resize} is the separate act that lowers it, until a node comes that is
 * configured to expect more. Only configuration is kept over a restart: a remembered size would
 * need a way to forget it that a person finds at night.
 *
 * <p>Everything but the getters marked so belongs to the loop.
 */
public final class Members {
    private static final Logger LOG = LoggerFactory.getLogger(Members.class);

    private final Loop loop;
    private final InstantSource clock;
    private final MemberCard self;
    private final List<MembersListener> listeners = new ArrayList<>();
    private final Map<NodeId, Peer> present = new LinkedHashMap<>();
    private Map<MemberCard, String> refused = Map.of();
    private boolean expelled;
    private boolean trusted = true;

    private volatile List<Peer> snapshot = List.of();
    private volatile boolean majority;
    private volatile int size;
    private int configured;

    /** Begins with nobody there, not even this node, and no majority. Any thread. */
    public Members(Loop loop, InstantSource clock, MemberCard self) {
        this.loop = loop;
        this.clock = clock;
        this.self = self;
        this.size = self.size();
        this.configured = self.size();
    }

    /** Adds a listener and tells it at once who is there. On the loop. */
    public void listen(MembersListener listener) {
        loop.assertInside();
        listeners.add(listener);
        present.values().stream().filter(this::isOther).forEach(listener::joined);
        listener.majority(majority);
    }

    /** All nodes that are there, this one among them, in the order of joining. Any thread. */
    public List<Peer> present() {
        return snapshot;
    }

    /** The node of that name, if it is there. On the loop. */
    public @Nullable Peer find(NodeId node) {
        loop.assertInside();
        return present.get(node);
    }

    /** True if this node has been there for longest: it does what one has to do for all. Loop. */
    public boolean isOldest() {
        loop.assertInside();
        return !present.isEmpty() && present.keySet().iterator().next().equals(self.node());
    }

    /** This node. Any thread. */
    public NodeId self() {
        return self.node();
    }

    /** True while more than half of {@link #size} nodes are in reach. Any thread. */
    public boolean hasMajority() {
        return majority;
    }

    /** How many nodes the cluster is taken to have. Any thread. */
    public int size() {
        return size;
    }

    /** The largest number of nodes that one of those in reach is configured to expect. Loop. */
    public int configured() {
        loop.assertInside();
        return configured;
    }

    /** True if so many nodes are a majority. Any thread. */
    boolean isMajority(int nodes) {
        return 2 * nodes > size;
    }

    /**
     * Takes the cluster to have so many nodes from now on, though more were seen: when nodes are
     * gone for good. To be done on each node. On the loop.
     *
     * @throws IllegalArgumentException if more nodes are there
     */
    public void resize(int nodes) {
        loop.assertInside();
        if (nodes < Math.max(1, present.size())) {
            throw new IllegalArgumentException(
                    "a cluster of "
                            + nodes
                            + " while "
                            + present.size()
                            + " nodes are there; stop those that shall go first");
        }
        size = nodes;
        LOG.info("the cluster has {} nodes from now on", nodes);
        tellMajority();
    }

    /**
     * Whether the list is to be believed. While it isn't, nobody is told to be gone, but there is
     * no majority. On the loop.
     */
    void trust(boolean believed) {
        loop.assertInside();
        trusted = believed;
        tellMajority();
    }

    /**
     * Takes the list of all members, in the order of joining; an empty one if this node has left.
     * On the loop.
     */
    public void update(List<MemberCard> members) {
        loop.assertInside();
        if (expelled) {
            return;
        }
        Admission admission = Admission.of(members);
        String reason = admission.refused().get(self);
        if (reason != null) {
            expel(reason);
            return;
        }
        logRefused(admission.refused());
        Collection<MemberCard> cards = admission.accepted().values();
        configured = cards.stream().mapToInt(MemberCard::size).reduce(self.size(), Math::max);
        cards.stream()
                .filter(card -> !isKnown(card))
                .forEach(card -> size = Math.max(size, card.size()));
        size = Math.max(size, cards.size());
        compare(admission.accepted());
        tellMajority();
    }

    /** Ends this node's part in the cluster and tells so, once. On the loop. */
    void expel(String reason) {
        loop.assertInside();
        if (expelled) {
            return;
        }
        expelled = true;
        present.clear();
        snapshot = List.of();
        majority = false;
        LOG.error("node {} is not part of the cluster: {}", self.node(), reason);
        listeners.forEach(listener -> listener.expelled(reason));
    }

    private void compare(Map<NodeId, MemberCard> now) {
        List<Peer> gone = new ArrayList<>();
        List<Peer> come = new ArrayList<>();
        List<Peer> all = new ArrayList<>();
        for (Peer peer : present.values()) {
            MemberCard card = now.get(peer.node());
            if (card == null || !isSame(peer, card)) {
                gone.add(peer);
            }
        }
        for (MemberCard card : now.values()) {
            Peer known = present.get(card.node());
            if (known == null || !isKnown(card)) {
                known =
                        new Peer(
                                card.node(),
                                card.incarnation(),
                                card.peer(),
                                card.zone(),
                                clock.instant());
                come.add(known);
            }
            all.add(known);
        }
        present.clear();
        all.forEach(peer -> present.put(peer.node(), peer));
        snapshot = List.copyOf(all);
        gone.stream().filter(this::isOther).forEach(this::tellLeft);
        come.stream().filter(this::isOther).forEach(this::tellJoined);
    }

    private void tellLeft(Peer peer) {
        if (!present.isEmpty()) { // else it is this one that leaves
            LOG.info("node {} ({}) is gone", peer.node(), peer.address());
        }
        listeners.forEach(listener -> listener.left(peer));
    }

    private void tellJoined(Peer peer) {
        LOG.info("node {} ({}) is there", peer.node(), peer.address());
        listeners.forEach(listener -> listener.joined(peer));
    }

    private void tellMajority() {
        boolean now = trusted && isMajority(present.size());
        if (now == majority) {
            return;
        }
        majority = now;
        if (now) {
            LOG.info("{} of {} nodes are a majority", present.size(), size);
        } else if (!trusted) {
            LOG.warn("who is there is not known: this node counts as a minority until it is");
        } else if (present.isEmpty()) {
            LOG.info("node {} has left the cluster", self.node());
        } else {
            LOG.warn(
                    "{} of {} nodes are no majority: no clients are taken until more come back",
                    present.size(),
                    size);
        }
        listeners.forEach(listener -> listener.majority(now));
    }

    private void logRefused(Map<MemberCard, String> now) {
        now.forEach(
                (card, reason) -> {
                    if (!refused.containsKey(card)) {
                        LOG.warn("node {} ({}) is refused: {}", card.node(), card.peer(), reason);
                    }
                });
        refused = now;
    }

    private boolean isOther(Peer peer) {
        return !peer.node().equals(self.node());
    }

    private boolean isKnown(MemberCard card) {
        Peer peer = present.get(card.node());
        return peer != null && isSame(peer, card);
    }

    private static boolean isSame(Peer peer, MemberCard card) {
        return peer.incarnation().equals(card.incarnation()) && peer.address().equals(card.peer());
    }
}
