package io.carillon.cluster.link;

import io.carillon.cluster.NodeId;

/** A call that has no result. No stack trace. */
public final class CallFailed extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why a call fails. */
    public enum Reason {
        /** The peer is not connected, or no longer: it may have acted on the call. */
        DOWN,
        /** No answer in time: the peer may have acted on the call. */
        TIMEOUT,
        /** Too many calls to this peer are open; nothing was sent. */
        BUSY,
        /** The peer's answer is a refusal; the message is its reason. */
        REFUSED
    }

    private final Reason reason;

    CallFailed(Reason reason, NodeId peer, String why) {
        super("call to node " + peer + " failed: " + why, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
