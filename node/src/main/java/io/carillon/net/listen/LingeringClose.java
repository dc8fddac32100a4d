package io.carillon.net.listen;

import io.carillon.loop.OnEventLoop;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * Lets the client read why it is sent away. A socket that is closed while bytes of the client are
 * unread resets the connection, and what was written last is lost with it (RFC 1122, section
 * 4.2.2.13); so the way out is shut first, and what comes in is thrown away until the client closes
 * too: for a while, and up to some bytes.
 */
@OnEventLoop
public final class LingeringClose extends ChannelDuplexHandler {
    private static final long LINGER_MILLIS = 2_000;
    private static final long BYTES_MAX = 4 << 20;

    private boolean lingering;
    private long bytes;

    private LingeringClose() {}

    /** Makes the next close of a channel such a one. On the channel's event loop. */
    public static void prepare(Channel channel) {
        if (channel instanceof DuplexChannel
                && channel.isActive()
                && channel.pipeline().get(LingeringClose.class) == null) {
            channel.pipeline().addFirst(new LingeringClose());
        }
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (lingering) {
            context.channel().closeFuture().addListener(_ -> promise.trySuccess());
            return;
        }
        lingering = true;
        ((DuplexChannel) context.channel())
                .shutdownOutput()
                .addListener(
                        shut -> {
                            if (shut.isSuccess()) {
                                linger(context, promise);
                            } else {
                                context.close(promise);
                            }
                        });
    }

    private static void linger(ChannelHandlerContext context, ChannelPromise promise) {
        var late =
                context.executor()
                        .schedule(
                                () -> context.close(promise), LINGER_MILLIS, TimeUnit.MILLISECONDS);
        context.channel()
                .closeFuture()
                .addListener(
                        _ -> {
                            late.cancel(false);
                            promise.trySuccess();
                        });
        context.channel().config().setAutoRead(true);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!lingering) {
            context.fireChannelRead(message);
            return;
        }
        bytes += ((ByteBuf) message).readableBytes();
        ReferenceCountUtil.release(message);
        if (bytes > BYTES_MAX) {
            context.close();
        }
    }
}
