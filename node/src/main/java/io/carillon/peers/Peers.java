package io.carillon.peers;

import io.carillon.cluster.NodeId;
import java.util.concurrent.CompletableFuture;

/**
 * The ways from this node to the others. What is kept arrives once and in order while both nodes
 * live; a node that starts anew gets none of it. On the cluster loop; no call blocks.
 */
public interface Peers {
    NodeId self();

    /** Whether a node is a member of the cluster now, reached or not. */
    boolean isThere(NodeId node);

    /** Tells a node; false if it is not known, or too much waits for it already. */
    boolean tell(NodeId to, PeerMessage message);

    /** Tells a node what may be lost: when the way to it is down or full, it is. */
    void tellOnce(NodeId to, PeerMessage message);

    /**
     * Asks a node. The answer comes on the cluster loop; it fails while the node is not reached,
     * and after the time.
     */
    CompletableFuture<PeerMessage> ask(NodeId to, PeerMessage question, long timeoutMillis);
}
