package io.carillon.net;

import io.netty.channel.Channel;
import java.util.EnumSet;
import java.util.Set;

/**
 * Stops and starts reading from a client. It is open while no reason keeps it shut; what was read
 * already waits, at most what one read brings. On the event loop.
 */
final class ReadGate {
    /** Why the next packet has to wait. */
    enum Reason {
        /** The client is being authenticated or attached. */
        CONNECTING,
        /** Targets of what the client publishes cannot follow. */
        BACK_PRESSURE,
        /** The client has more unacknowledged messages than we hold. */
        ACKNOWLEDGEMENTS,
        /** Many SUBSCRIBEs wait for other nodes. */
        SUBSCRIBING
    }

    private final Channel channel;
    private final Runnable reopened;
    private final Set<Reason> reasons = EnumSet.noneOf(Reason.class);

    /** A gate that is open; {@code reopened} handles what was read and waits. */
    ReadGate(Channel channel, Runnable reopened) {
        this.channel = channel;
        this.reopened = reopened;
    }

    boolean isOpen() {
        return reasons.isEmpty();
    }

    boolean isShutFor(Reason reason) {
        return reasons.contains(reason);
    }

    void shut(Reason reason) {
        if (reasons.isEmpty()) {
            channel.config().setAutoRead(false);
        }
        reasons.add(reason);
    }

    void open(Reason reason) {
        if (reasons.remove(reason) && reasons.isEmpty()) {
            reopened.run();
            if (reasons.isEmpty()) {
                channel.config().setAutoRead(true);
            }
        }
    }
}
