package io.carillon.cluster.link;

import io.carillon.cluster.NodeId;

/** Frames that carry no messages. */
sealed interface Control {

    /**
     * The first frame of whoever dialled. Its layout stays as it is in all versions; they may only
     * append to it.
     *
     * @param expects the node that is meant to be at the address
     * @param series grows when the sender begins to count its kept messages anew
     * @param attempt grows with each dialling: of two connections the later one is the live one
     */
    record Hello(Versions versions, LinkIdentity from, NodeId expects, long series, long attempt)
            implements Control {}

    /**
     * The answer to a hello that is accepted.
     *
     * @param received the number of the last kept message that has come, 0 if none
     * @param done the number of the last one that the handler is done with
     */
    record Welcome(int version, LinkIdentity from, long received, long done) implements Control {}

    /** The answer to a hello, or to a welcome, that is not accepted. The last frame. */
    record Refusal(Reason reason, String text) implements Control {}

    /** What the handler is done with, cumulative; also the heartbeat of whoever was dialled. */
    record Ack(long done) implements Control {}

    /**
     * The heartbeat of whoever dialled.
     *
     * @param saidMillis by the clock of the sender; comes back as it is
     * @param word see {@link Pulse}
     */
    record Beat(long saidMillis, long word) implements Control {}

    /** The answer to a beat to which the receiver agrees. */
    record Agreed(long saidMillis, long word) implements Control {}

    /** Why two nodes do not talk, with its code in frames. */
    enum Reason {
        /** One that this version does not know. */
        OTHER(0),
        VERSION(1),
        CLUSTER(2),
        SHARDS(3),
        /** Two nodes have one name. */
        NAME(4),
        /** Another node is at the address. */
        ADDRESS(5),
        /** An earlier start of the node, or a copy of its disk. */
        START(6),
        /** A connection that a later one has replaced. */
        STALE(7);

        private final int code;

        Reason(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }

        static Reason of(int code) {
            for (Reason each : values()) {
                if (each.code == code) {
                    return each;
                }
            }
            return OTHER;
        }
    }
}
