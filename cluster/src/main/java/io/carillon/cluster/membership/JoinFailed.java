package io.carillon.cluster.membership;

import org.jspecify.annotations.Nullable;

/** This node can't be a member of the cluster; the message says why and what to do. */
public final class JoinFailed extends Exception {
    private static final long serialVersionUID = 1;

    JoinFailed(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
