package io.carillon.cluster.lease;

import io.carillon.cluster.NodeId;

/** How a node stands with the others, as the {@link Lease} asks for it. On its loop. */
public interface Standing {
    /** Whom this node counts on now. */
    View view();

    /**
     * Whether the node has applied all that this one has said, up to when it came into reach, and
     * is waited for since.
     */
    boolean isLevel(NodeId node);

    /** The lease has ended: what this node knows may be old. */
    void lapsed();

    /** What is asked of this node is asked anew: whom it counts on has changed. */
    void changed();
}
