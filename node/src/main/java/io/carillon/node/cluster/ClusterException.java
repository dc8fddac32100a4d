package io.carillon.node.cluster;

/** A node can't be of its cluster; the message says why, and what to do. */
public final class ClusterException extends Exception {
    private static final long serialVersionUID = 1L;

    ClusterException(String message) {
        super(message);
    }

    ClusterException(String message, Throwable cause) {
        super(message, cause);
    }
}
