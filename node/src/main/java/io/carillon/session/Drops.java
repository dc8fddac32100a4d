package io.carillon.session;

/** Hears of messages that a client does not get. Called by the session's own thread. */
@FunctionalInterface
public interface Drops {

    /** Why a message is dropped. */
    enum Cause {
        /** The queue of the client is full. */
        QUEUE_FULL,
        /** Its expiry passed while it waited. */
        EXPIRED,
        /** It exceeds the largest packet that the client takes. */
        TOO_LARGE,
        /** It has QoS 0 and the client does not read fast enough. */
        SLOW_READER
    }

    void dropped(Delivery delivery, Cause cause);
}
