package io.carillon.bench.client;

import io.carillon.bench.report.Counters;
import io.carillon.bench.transport.TransportException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the broker: says CONNECT, cuts what comes into packets, and collects what goes
 * until the turn ends. All methods run on its loop's thread, but for {@link #ready}.
 */
public abstract class Client extends ChannelInboundHandlerAdapter {
    private static final int OUT_BYTES = 1_024;

    protected final LoadLoop loop;
    protected final Counters counters;
    private final Identity identity;
    private final CompletableFuture<Client> ready = new CompletableFuture<>();

    /** The loop's: true while it will call {@link #endTurn}. */
    boolean touched;

    private @Nullable Channel channel;
    private @Nullable ByteBuf out;
    private @Nullable ByteBuf partial;
    private @Nullable Future<?> pings;
    private boolean closing;
    private int topicEnd;

    protected Client(LoadLoop loop, Identity identity) {
        this.loop = loop;
        this.counters = loop.counters();
        this.identity = identity;
    }

    public final LoadLoop loop() {
        return loop;
    }

    /** Done when the client can begin, or failed with the reason. Any thread. */
    public final CompletableFuture<Client> ready() {
        return ready;
    }

    /** Ends the connection as the protocol wants it: the session stays if it is to outlive it. */
    public final void disconnect() {
        closing = true;
        if (channel != null && channel.isActive()) {
            out().writeBytes(Frames.disconnect());
            flush();
            var _ = channel.close();
        }
    }

    /** The broker took the connection; by default the client is ready. */
    protected void connected(Connack connack) {
        becomeReady();
    }

    /** The broker took all filters of a SUBSCRIBE. */
    protected void subscribed() {}

    /** PUBLISH: its payload begins at {@code at} and takes {@code length} bytes. */
    protected void published(ByteBuf in, int qos, int packetId, int at, int length) {}

    /** Where the topic of the PUBLISH at hand ends. */
    protected final int topicEnd() {
        return topicEnd;
    }

    protected void puback(int packetId, int reason) {}

    protected void pubrec(int packetId, int reason) {}

    protected void pubrel(int packetId) {}

    protected void pubcomp(int packetId, int reason) {}

    protected void pingresp() {}

    /** The last chance to write in this turn; what overrides it ends by calling it. */
    protected void endTurn() {
        flush();
    }

    protected final Protocol protocol() {
        return identity.protocol();
    }

    protected final void becomeReady() {
        ready.complete(this);
    }

    /** Where to append what is to be written; goes out at the end of the turn. */
    protected final ByteBuf out() {
        ByteBuf buffer = out;
        if (buffer == null) {
            buffer = Objects.requireNonNull(channel).alloc().directBuffer(OUT_BYTES);
            out = buffer;
            loop.touch(this);
        }
        return buffer;
    }

    /** False once the connection is gone, or before it is there. */
    protected final boolean active() {
        return channel != null && channel.isActive();
    }

    /** Leaves in the socket what the broker sends, or takes it again. */
    protected final void hold(boolean held) {
        if (channel != null) {
            channel.config().setAutoRead(!held);
        }
    }

    /** Appends an acknowledgement of two bytes. */
    protected final void acknowledge(int header, int packetId) {
        out().writeInt(header << 24 | 2 << 16 | packetId);
    }

    private void flush() {
        ByteBuf buffer = out;
        Channel to = channel;
        out = null;
        if (buffer != null && to != null) {
            var _ = to.writeAndFlush(buffer, to.voidPromise());
        }
    }

    @Override
    public final void channelActive(ChannelHandlerContext context) {
        channel = context.channel();
        out().writeBytes(Frames.connect(identity));
        int keepAlive = identity.keepAliveSeconds();
        if (keepAlive > 0) {
            long everyMillis = keepAlive * 750L;
            pings =
                    loop.events()
                            .scheduleAtFixedRate(
                                    this::ping, everyMillis, everyMillis, TimeUnit.MILLISECONDS);
        }
    }

    /** Asks whether the broker is there: {@link #pingresp} tells. */
    public final void ping() {
        if (active()) {
            out().writeBytes(Frames.pingreq());
        }
    }

    @Override
    public final void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            if (partial == null) {
                parse(in);
                if (in.isReadable()) {
                    partial = context.alloc().buffer().writeBytes(in);
                }
            } else {
                goOn(partial.discardSomeReadBytes().writeBytes(in));
            }
        } finally {
            in.release();
        }
    }

    private void goOn(ByteBuf joined) {
        parse(joined);
        if (!joined.isReadable()) {
            partial = null;
            joined.release();
        }
    }

    private void parse(ByteBuf in) {
        while (in.readableBytes() >= 2) {
            int start = in.readerIndex();
            int available = in.readableBytes();
            int lengthBytes = 1;
            while (in.getByte(start + lengthBytes) < 0) {
                lengthBytes++;
                if (available <= lengthBytes) {
                    return;
                }
            }
            int body = start + 1 + lengthBytes;
            int end = body + VariableInt.value(in, start + 1);
            if (end > in.writerIndex()) {
                return;
            }
            packet(in.getUnsignedByte(start), in, body, end);
            in.readerIndex(end);
        }
    }

    private void packet(int header, ByteBuf in, int at, int end) {
        switch (header >>> 4) {
            case 2 -> connack(in, at, end);
            case 3 -> publish(header, in, at, end);
            case 4 -> puback(in.getUnsignedShort(at), reason(in, at, end));
            case 5 -> pubrec(in.getUnsignedShort(at), reason(in, at, end));
            case 6 -> pubrel(in.getUnsignedShort(at));
            case 7 -> pubcomp(in.getUnsignedShort(at), reason(in, at, end));
            case 9 -> suback(in, at, end);
            case 13 -> pingresp();
            case 14 -> fail("the broker disconnected it, reason code " + hex(in, at, end));
            default -> throw new IllegalStateException("packet type " + (header >>> 4));
        }
    }

    private void publish(int header, ByteBuf in, int at, int end) {
        int qos = header >>> 1 & 3;
        int next = at + 2 + in.getUnsignedShort(at);
        topicEnd = next;
        int packetId = 0;
        if (qos > 0) {
            packetId = in.getUnsignedShort(next);
            next += 2;
        }
        if (protocol().hasProperties()) {
            next += VariableInt.size(in, next) + VariableInt.value(in, next);
        }
        published(in, qos, packetId, next, end - next);
    }

    private void connack(ByteBuf in, int at, int end) {
        Connack connack = Connack.read(in, at, end, protocol());
        if (connack.code() == 0) {
            connected(connack);
        } else {
            fail("the broker refused it with code " + connack.code());
        }
    }

    private void suback(ByteBuf in, int at, int end) {
        int next = at + 2;
        if (protocol().hasProperties()) {
            next += VariableInt.size(in, next) + VariableInt.value(in, next);
        }
        for (; next < end; next++) {
            if (in.getUnsignedByte(next) >= 0x80) {
                fail("the broker refused a subscription, reason code " + hex(in, next, end));
                return;
            }
        }
        subscribed();
    }

    private static int reason(ByteBuf in, int at, int end) {
        return end > at + 2 ? in.getUnsignedByte(at + 2) : 0;
    }

    private static String hex(ByteBuf in, int at, int end) {
        return "0x" + Integer.toHexString(end > at ? in.getUnsignedByte(at) : 0);
    }

    @Override
    public final void channelInactive(ChannelHandlerContext context) {
        if (partial != null) {
            partial.release();
            partial = null;
        }
        if (pings != null) {
            pings.cancel(false);
        }
        if (!closing) {
            counters.closed++;
            fail(
                    ready.isDone()
                            ? "the broker closed its connection"
                            : "the broker closed its connection instead of answering;"
                                    + " does that port speak MQTT the way you asked for it?");
        }
    }

    @Override
    public final void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(cause instanceof TransportException trouble ? trouble.reason() : cause.toString());
        var _ = context.close();
    }

    /** Notes why it failed: for who waits until it is ready, and for the report. */
    final void fail(String why) {
        String fault = "client " + identity.clientId() + ": " + why;
        counters.fault(fault);
        ready.completeExceptionally(new LoadException(fault));
    }
}
