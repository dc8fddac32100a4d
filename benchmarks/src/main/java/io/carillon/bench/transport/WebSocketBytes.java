package io.carillon.bench.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.util.ReferenceCountUtil;

/**
 * Carries MQTT's bytes in binary frames. To the client above, the channel is active once the
 * WebSocket is open.
 */
final class WebSocketBytes extends ChannelDuplexHandler {
    /** A broker may limit its frames to the size of a packet, and a turn's writes are more. */
    private static final int FRAME_BYTES_MAX = 64 << 10;

    private boolean open;
    private boolean closing;

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
        if (!open && !closing) {
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
            case CloseWebSocketFrame frame -> {
                int status = frame.statusCode();
                String reason = frame.reasonText();
                frame.release();
                failed(context, "the broker closed the WebSocket: " + status + " " + reason);
            }
            default -> {
                ReferenceCountUtil.release(message);
                failed(context, "the broker sent something else than binary frames");
            }
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf bytes) {
            while (bytes.readableBytes() > FRAME_BYTES_MAX) {
                ByteBuf part = bytes.readRetainedSlice(FRAME_BYTES_MAX);
                context.write(new BinaryWebSocketFrame(part), context.voidPromise());
            }
            context.write(new BinaryWebSocketFrame(bytes), promise);
        } else {
            context.write(message, promise);
        }
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        closing = true;
        context.close(promise);
    }

    private void failed(ChannelHandlerContext context, String why) {
        if (!closing) {
            context.fireExceptionCaught(new TransportException(why));
        }
    }
}
