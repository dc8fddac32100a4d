package io.carillon.cluster.replication;

/** A record that was not accepted: nothing was changed. No stack trace. */
public final class AppendRefused extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why a record is not accepted. */
    public enum Reason {
        /** This node does not lead the shard, or no longer under that epoch. */
        NOT_LEADER,
        /** Too much waits to become durable; try again later. */
        BUSY,
        /** The store has failed: the disk is full, say. */
        STORE_FAILED
    }

    private final Reason reason;

    public AppendRefused(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
