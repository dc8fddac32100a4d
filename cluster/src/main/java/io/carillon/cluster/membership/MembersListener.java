package io.carillon.cluster.membership;

/** Hears of nodes that come and go. On the loop of {@link Members}, in the order of events. */
public interface MembersListener {

    /** A node has come, or this one begins to listen and it was there. Never this node itself. */
    void joined(Peer peer);

    /**
     * A node has gone, or has been started again: then {@link #joined} follows. It may be alive
     * still and only out of reach.
     */
    void left(Peer peer);

    /** The nodes in reach have become a majority, or are none any more. */
    void majority(boolean there);

    /**
     * This node isn't part of the cluster, or no longer, and has to stop; the reason says what to
     * do. Nothing else is told after that.
     */
    void expelled(String reason);
}
