package io.carillon.simulation;

import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import org.jspecify.annotations.Nullable;

/** A channel in memory on an event loop that others are on, too. */
final class SimChannel extends EmbeddedChannel {
    private final @Nullable EmbeddedChannel host;

    SimChannel(EmbeddedChannel host) {
        this.host = host;
    }

    @Override
    public EventLoop eventLoop() {
        // Null while the channel is being made.
        return host == null ? super.eventLoop() : host.eventLoop();
    }
}
