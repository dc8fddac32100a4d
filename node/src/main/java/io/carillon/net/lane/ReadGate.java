package io.carillon.net.lane;

import io.netty.channel.Channel;

/**
 * Stops and starts reading from a client. It is open while no reason keeps it shut; what was read
 * already waits, at most what two reads bring. On the event loop.
 */
public final class ReadGate {
    /** Why the next packet has to wait. */
    public enum Reason {
        /** The client is being authenticated or attached. */
        CONNECTING(1),
        /** Targets of what the client publishes cannot follow. */
        BACK_PRESSURE(2),
        /** The client has more unacknowledged messages than we hold. */
        ACKNOWLEDGEMENTS(4),
        /** Much waits for other nodes: SUBSCRIBEs, or what a session elsewhere has not answered. */
        SUBSCRIBING(8);

        private final int bit;

        Reason(int bit) {
            this.bit = bit;
        }
    }

    private final Channel channel;
    private final Runnable reopened;

    private int reasons;

    private boolean reading = true;

    /** A gate that is open; {@code reopened} handles what was read and waits. */
    public ReadGate(Channel channel, Runnable reopened) {
        this.channel = channel;
        this.reopened = reopened;
    }

    public boolean isOpen() {
        return reasons == 0;
    }

    public boolean isShutFor(Reason reason) {
        return (reasons & reason.bit) != 0;
    }

    /** The next packet has to wait, and reading stops. */
    public void shut(Reason reason) {
        shutBriefly(reason);
        stopReading();
    }

    /**
     * The next packet has to wait. Reading stops only once something comes meanwhile: the client
     * waits too, most likely, and stopping and starting are a system call each.
     */
    public void shutBriefly(Reason reason) {
        reasons |= reason.bit;
    }

    /** Bytes wait behind the gate: more of them should not be read. */
    public void stopReading() {
        if (reading) {
            reading = false;
            channel.config().setAutoRead(false);
        }
    }

    public void open(Reason reason) {
        int before = reasons;
        reasons &= ~reason.bit;
        if (reasons == before || reasons != 0) {
            return;
        }
        reopened.run();
        if (reasons == 0 && !reading) {
            reading = true;
            channel.config().setAutoRead(true);
        }
    }
}
