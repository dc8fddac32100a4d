package io.carillon.cluster.link;

import io.carillon.cluster.Incarnation;
import io.carillon.cluster.NodeId;

/**
 * What goes with the heartbeats of links: a word that a node says to each peer, and whether the
 * peer agrees. Links carry it and make nothing of it. On the links' loop; never blocks.
 */
public interface Pulse {
    /** Nothing is said, and nothing is agreed to. */
    Pulse NONE =
            new Pulse() {
                @Override
                public long nowMillis() {
                    return 0;
                }

                @Override
                public long wordFor(NodeId peer) {
                    return 0;
                }

                @Override
                public boolean agrees(NodeId peer, Incarnation incarnation, long word) {
                    return false;
                }

                @Override
                public void agreed(NodeId peer, long word, long saidMillis) {}
            };

    /** The time, on a clock of this node that only goes forward. */
    long nowMillis();

    /** What is said to the peer now; 0 for nothing. */
    long wordFor(NodeId peer);

    /** Whether this node agrees to what the peer says. */
    boolean agrees(NodeId peer, Incarnation incarnation, long word);

    /**
     * The peer has agreed, after that was said.
     *
     * @param saidMillis by {@link #nowMillis}
     */
    void agreed(NodeId peer, long word, long saidMillis);
}
