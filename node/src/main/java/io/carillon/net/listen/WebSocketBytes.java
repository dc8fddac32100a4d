package io.carillon.net.listen;

import io.carillon.loop.OnEventLoop;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * Carries MQTT's bytes in WebSocket frames. Where a frame ends means nothing: one may hold many
 * packets or a part of one [MQTT-6.0.0-2] [MQTT3-6.0.0-2].
 */
@OnEventLoop
final class WebSocketBytes extends ChannelDuplexHandler {
    private static final long CLOSE_WAIT_MILLIS = 2_000;

    private boolean closing;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (closing) {
            ReferenceCountUtil.release(message);
            return;
        }
        switch (message) {
            case BinaryWebSocketFrame frame -> pass(context, frame.content());
            case ContinuationWebSocketFrame frame -> pass(context, frame.content());
            case PingWebSocketFrame ping -> answer(context, ping);
            case PongWebSocketFrame pong -> pong.release();
            case CloseWebSocketFrame close -> {
                closing = true;
                context.writeAndFlush(close).addListener(_ -> context.close());
            }
            case TextWebSocketFrame text -> {
                // Any other data frame than a binary one ends the connection [MQTT-6.0.0-1]
                // [MQTT3-6.0.0-1].
                text.release();
                close(context, WebSocketCloseStatus.INVALID_MESSAGE_TYPE, context.newPromise());
            }
            default -> {
                // Bytes that came behind the request, before it was answered.
                ReferenceCountUtil.release(message);
                close(context, WebSocketCloseStatus.PROTOCOL_ERROR, context.newPromise());
            }
        }
    }

    /** MQTT goes out in binary frames [MQTT-6.0.0-1] [MQTT3-6.0.0-1]. */
    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        context.write(
                message instanceof ByteBuf bytes ? new BinaryWebSocketFrame(bytes) : message,
                promise);
    }

    /** Says goodbye in WebSocket's way, unless the client does not read. */
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        close(context, WebSocketCloseStatus.NORMAL_CLOSURE, promise);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof CorruptedWebSocketFrameException corrupted) {
            close(context, corrupted.closeStatus(), context.newPromise());
        }
        context.fireExceptionCaught(cause);
    }

    private void close(
            ChannelHandlerContext context, WebSocketCloseStatus status, ChannelPromise promise) {
        if (closing) {
            context.channel().closeFuture().addListener(_ -> promise.trySuccess());
            return;
        }
        if (!context.channel().isActive() || !context.channel().isWritable()) {
            context.close(promise);
            return;
        }
        closing = true;
        LingeringClose.prepare(context.channel());
        context.writeAndFlush(new CloseWebSocketFrame(status))
                .addListener(_ -> context.close(promise));
        // Past what lingers below; and not by closeForcibly, which tells nobody above.
        var late =
                context.executor()
                        .schedule(
                                () -> context.channel().unsafe().close(context.voidPromise()),
                                CLOSE_WAIT_MILLIS,
                                TimeUnit.MILLISECONDS);
        context.channel().closeFuture().addListener(_ -> late.cancel(false));
    }

    private static void pass(ChannelHandlerContext context, ByteBuf bytes) {
        if (bytes.isReadable()) {
            context.fireChannelRead(bytes);
        } else {
            bytes.release();
        }
    }

    private static void answer(ChannelHandlerContext context, PingWebSocketFrame ping) {
        if (context.channel().isWritable()) {
            context.writeAndFlush(new PongWebSocketFrame(ping.content()));
        } else {
            ping.release(); // who does not read its answers gets none
        }
    }
}
