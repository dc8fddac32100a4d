package io.carillon.cluster.link;

/** What becomes of a message when the peer cannot have it now. */
public enum Delivery {
    /** Dropped and counted while the peer is down or too much waits for it; lost when a link is. */
    LOSSY,

    /**
     * Kept until the peer is done with it. Sent again over the next connection, and handed to the
     * peer once at most; when the peer starts anew or is given up, it comes back to the sender.
     */
    KEPT
}
