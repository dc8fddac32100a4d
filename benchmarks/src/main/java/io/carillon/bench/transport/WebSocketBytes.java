package io.carillon.bench.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.util.ReferenceCountUtil;

/**
 * Carries MQTT's bytes in binary frames. To the client above, the channel is active once the
 * WebSocket is open.
 */
final class WebSocketBytes extends ChannelDuplexHandler {
    private boolean open;

    @Override
    public void channelActive(ChannelHandlerContext context) {
        // Told when the handshake is done.
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
            open = true;
            context.fireChannelActive();
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (!open) {
            context.fireExceptionCaught(
                    new TransportException(
                            "the broker closed the connection instead of opening a WebSocket:"
                                    + " does that port speak it?"));
        }
        context.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        switch (message) {
            case BinaryWebSocketFrame frame -> context.fireChannelRead(frame.content());
            case ContinuationWebSocketFrame frame -> context.fireChannelRead(frame.content());
            default -> {
                ReferenceCountUtil.release(message);
                context.fireExceptionCaught(
                        new TransportException(
                                "the broker sent a "
                                        + message.getClass().getSimpleName()
                                        + " where MQTT goes in binary frames"));
            }
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        context.write(
                message instanceof ByteBuf bytes ? new BinaryWebSocketFrame(bytes) : message,
                promise);
    }
}
