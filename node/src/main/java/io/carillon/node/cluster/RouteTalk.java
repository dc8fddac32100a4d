package io.carillon.node.cluster;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.interest.Interest;
import io.carillon.cluster.interest.InterestStats;
import io.carillon.loop.Loop;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hears what other nodes say of what is wanted there, from when this node's routes begin. What is
 * said before is not lost: whoever comes up is asked for everything. On the cluster loop.
 */
final class RouteTalk {
    private static final long COUNT_MILLIS = 1_000;

    private final Loop loop;
    private final Set<NodeId> up = new LinkedHashSet<>();
    private @Nullable Interest interest;
    private volatile @Nullable InterestStats stats;

    private RouteTalk(Loop loop) {
        this.loop = loop;
    }

    static RouteTalk at(Switchboard switchboard, Loop loop) {
        RouteTalk talk = new RouteTalk(loop);
        switchboard.on(Kind.ROUTES, talk::received);
        switchboard.onUp(talk::up);
        switchboard.onDown(talk::down);
        return talk;
    }

    /** The routes have begun. */
    void begin(Interest sharing) {
        interest = sharing;
        up.forEach(sharing::peerUp);
        count(sharing);
    }

    /** What was counted within the last second; null before {@link #begin}. Any thread. */
    @Nullable InterestStats stats() {
        return stats;
    }

    private void count(Interest sharing) {
        stats = sharing.stats();
        loop.schedule(COUNT_MILLIS, () -> count(sharing));
    }

    /** From {@link #begin} on. */
    @Nullable Interest interest() {
        return interest;
    }

    /** True if the node has applied what is wanted here, and is waited for. */
    boolean isLevel(NodeId node) {
        return interest != null && interest.isLevel(node);
    }

    /** True if the node is in reach and has said what is wanted there. */
    boolean isMet(NodeId node) {
        return interest != null && interest.isMet(node);
    }

    /** What is known of other nodes may be old. */
    void doubt() {
        if (interest != null) {
            interest.askAnew();
        }
    }

    /** What a node was promised has ended before its time. */
    void settled() {
        if (interest != null) {
            interest.settled();
        }
    }

    private void received(NodeId from, ByteBuffer message) {
        if (interest != null) {
            interest.received(from, message);
        }
    }

    private void up(NodeId peer) {
        up.add(peer);
        if (interest != null) {
            interest.peerUp(peer);
        }
    }

    private void down(NodeId peer) {
        up.remove(peer);
        if (interest != null) {
            interest.peerDown(peer);
        }
    }
}
