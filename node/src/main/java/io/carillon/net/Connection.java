package io.carillon.net;

import io.carillon.loop.OnEventLoop;
import io.carillon.net.lane.IoLane;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection as Netty sees it: hands what happens to the channel to a {@link Wire}, once
 * the channel is up.
 */
@OnEventLoop
public final class Connection extends ChannelInboundHandlerAdapter {
    private final Broker broker;
    private final ListenerInfo listener;
    private final Set<Wire> open;
    private @Nullable Wire wire;

    Connection(Broker broker, ListenerInfo listener, Set<Wire> open) {
        this.broker = broker;
        this.listener = listener;
        this.open = open;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        // Behind a WebSocket handshake the channel is active long since.
        if (context.channel().isActive()) {
            open(context);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        open(context);
        context.fireChannelActive();
    }

    private void open(ChannelHandlerContext context) {
        if (wire == null) {
            IoLane lane = broker.lanes().of((EventLoop) context.executor());
            Wire opened = new Wire(broker, listener, lane, context, open);
            wire = opened;
            opened.open();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (wire == null) {
            bytes.release();
        } else {
            wire.received(bytes);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (wire != null) {
            wire.turnEnded();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (wire != null) {
            wire.writabilityChanged();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (wire != null) {
            wire.lost("the client closed the connection");
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (wire != null) {
            wire.lost(String.valueOf(cause.getMessage()));
        }
        var _ = context.close();
    }
}
