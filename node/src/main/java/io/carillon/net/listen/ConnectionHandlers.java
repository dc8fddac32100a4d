package io.carillon.net.listen;

import io.carillon.config.ListenerConfig;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;

/** What sits on top of an accepted channel and speaks MQTT with it. */
@FunctionalInterface
public interface ConnectionHandlers {
    /**
     * The handler of a channel; it reads and writes {@code ByteBuf}s of plain MQTT. It is in the
     * pipeline from the start: TLS and WebSocket handshakes go on below it, within its own time
     * limit for CONNECT. On the channel's event loop.
     */
    ChannelHandler create(ListenerConfig listener, Channel channel);
}
