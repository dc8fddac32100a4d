package io.carillon.net.listen;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts connections in, up to a limit over all listeners. Further ones are told why, a bounded
 * number of them at once, or closed. Any thread.
 */
final class Admission {
    /** What becomes of a new connection. */
    enum Verdict {
        ADMIT,
        /** To be told that the broker is full. */
        REFUSE,
        /** Too many are being told already. */
        DROP
    }

    private static final int REFUSING_MAX = 256;

    private final int connectionsMax;
    private final LongAdder refusals;
    private final AtomicInteger admitted = new AtomicInteger();
    private final AtomicInteger refusing = new AtomicInteger();

    // One listener each for all channels.
    private final ChannelFutureListener admittedClosed = _ -> admitted.decrementAndGet();
    private final ChannelFutureListener refusingClosed = _ -> refusing.decrementAndGet();

    Admission(int connectionsMax, LongAdder refusals) {
        this.connectionsMax = connectionsMax;
        this.refusals = refusals;
    }

    /** Decides on a channel; it counts until it closes. */
    Verdict decide(Channel channel) {
        if (takePlace(admitted, connectionsMax)) {
            channel.closeFuture().addListener(admittedClosed);
            return Verdict.ADMIT;
        }
        refusals.increment();
        if (takePlace(refusing, REFUSING_MAX)) {
            channel.closeFuture().addListener(refusingClosed);
            return Verdict.REFUSE;
        }
        return Verdict.DROP;
    }

    private static boolean takePlace(AtomicInteger taken, int max) {
        if (taken.incrementAndGet() <= max) {
            return true;
        }
        taken.decrementAndGet();
        return false;
    }
}
