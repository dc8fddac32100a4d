package io.carillon.net.listen;

import io.carillon.loop.OnEventLoop;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * Stands where a connection would if the broker were not full: answers CONNECT with the reason and
 * closes. It looks at the first bytes only and does not wait for the rest of a CONNECT in pieces.
 */
@OnEventLoop
final class BusyRefusal extends ChannelInboundHandlerAdapter {
    private static final long WAIT_MILLIS = 5_000;
    private static final int CONNECT = 0x10;
    private static final byte VERSION_5 = 5;

    /** CONNACK 0x97, quota exceeded: an administrative limit. */
    private static final byte[] QUOTA_EXCEEDED = {0x20, 0x03, 0x00, (byte) 0x97, 0x00};

    /** CONNACK 3, server unavailable. */
    private static final byte[] UNAVAILABLE = {0x20, 0x02, 0x00, 0x03};

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        context.executor().schedule(() -> context.close(), WAIT_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes && isConnect(bytes)) {
            byte[] answer = isVersion5(bytes) ? QUOTA_EXCEEDED : UNAVAILABLE;
            context.writeAndFlush(Unpooled.wrappedBuffer(answer))
                    .addListener(ChannelFutureListener.CLOSE);
        } else {
            context.close();
        }
        ReferenceCountUtil.release(message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }

    private static boolean isConnect(ByteBuf bytes) {
        return bytes.isReadable() && bytes.getUnsignedByte(bytes.readerIndex()) == CONNECT;
    }

    /** The version stands behind the type, the length in one to four bytes, and the name. */
    private static boolean isVersion5(ByteBuf bytes) {
        int at = bytes.readerIndex() + 1;
        int lengthEnd = at + 4;
        while (at < lengthEnd && at < bytes.writerIndex() && bytes.getByte(at) < 0) {
            at++;
        }
        at++;
        if (at + 2 > bytes.writerIndex()) {
            return false;
        }
        at += 2 + bytes.getUnsignedShort(at);
        return at < bytes.writerIndex() && bytes.getByte(at) == VERSION_5;
    }
}
