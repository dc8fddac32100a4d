package io.carillon.session;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A place in the send window; taken and freed again and again. */
final class InFlight {
    /** What the client owes next. */
    enum Awaits {
        PUBACK,
        PUBREC,
        PUBCOMP
    }

    private int packetId;
    private long turn;
    private Awaits awaits = Awaits.PUBACK;
    private @Nullable Delivery delivery;

    /** Takes the place; {@code turn} grows with each message, so that the order is not lost. */
    void take(int packetId, long turn, Awaits awaits, Delivery delivery) {
        this.packetId = packetId;
        this.turn = turn;
        this.awaits = awaits;
        this.delivery = delivery;
    }

    /** The client has the message: what is left is the end of the exchange. */
    void release() {
        awaits = Awaits.PUBCOMP;
        delivery = null;
    }

    void free() {
        packetId = 0;
        delivery = null;
    }

    boolean isFree() {
        return packetId == 0;
    }

    int packetId() {
        return packetId;
    }

    long turn() {
        return turn;
    }

    Awaits awaits() {
        return awaits;
    }

    /** What was sent; not after {@link #release}. */
    Delivery delivery() {
        return Objects.requireNonNull(delivery);
    }
}
