package io.carillon.jmh.subject;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import io.netty.channel.local.LocalAddress;
import java.net.SocketAddress;

/**
 * A connection without a socket: bytes come in by its pipeline, and those that it is to send are
 * counted and let go, as by a network that is always ready.
 */
final class MemoryChannel extends AbstractChannel {
    private static final ChannelMetadata METADATA = new ChannelMetadata(false);
    private static final LocalAddress ADDRESS = new LocalAddress("memory");

    private final ChannelConfig config = new DefaultChannelConfig(this);
    private boolean open = true;
    private long bytesSent;

    MemoryChannel() {
        super(null);
    }

    long bytesSent() {
        return bytesSent;
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new AbstractUnsafe() {
            @Override
            public void connect(SocketAddress remote, SocketAddress local, ChannelPromise promise) {
                promise.setFailure(new UnsupportedOperationException("there is no network"));
            }
        };
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer out) {
        while (out.current() instanceof ByteBuf bytes) {
            bytesSent += bytes.readableBytes();
            out.remove();
        }
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return true;
    }

    @Override
    protected SocketAddress localAddress0() {
        return ADDRESS;
    }

    @Override
    protected SocketAddress remoteAddress0() {
        return ADDRESS;
    }

    @Override
    protected void doBind(SocketAddress address) {
        throw new UnsupportedOperationException("there is no network");
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    @Override
    protected void doClose() {
        open = false;
    }

    @Override
    protected void doBeginRead() {
        // Who owns the channel brings the bytes.
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public boolean isActive() {
        return open && isRegistered();
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }
}
