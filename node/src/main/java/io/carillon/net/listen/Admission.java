package io.carillon.net.listen;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.ImmediateEventExecutor;
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
    private final ChannelGroup admitted = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);
    private final ChannelGroup refusing = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);

    Admission(int connectionsMax, LongAdder refusals) {
        this.connectionsMax = connectionsMax;
        this.refusals = refusals;
    }

    /** Decides on a channel; a group forgets it when it closes. */
    Verdict decide(Channel channel) {
        // Two loops may look at the same time: the limit may be passed by one per loop.
        if (admitted.size() < connectionsMax) {
            admitted.add(channel);
            return Verdict.ADMIT;
        }
        refusals.increment();
        if (refusing.size() < REFUSING_MAX) {
            refusing.add(channel);
            return Verdict.REFUSE;
        }
        return Verdict.DROP;
    }
}
