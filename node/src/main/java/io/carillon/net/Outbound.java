package io.carillon.net;

import io.carillon.loop.AnyThread;
import io.carillon.loop.OnEventLoop;
import io.carillon.mqtt.codec.PacketEncoder;
import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Publish;
import io.carillon.net.lane.IoLane;
import io.carillon.net.lane.NetCount;
import io.carillon.net.lane.TurnWriter;
import io.carillon.net.listen.LingeringClose;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.WriteBufferWaterMark;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The way to a client: packets are encoded one behind the other into one buffer, which is flushed
 * when the turn ends. Between turns there is no buffer.
 *
 * <p>A payload is copied once, from the message into that buffer. Wrapping it instead would save
 * nothing: Netty copies what lies on the heap into a direct buffer of its own.
 */
@OnEventLoop
final class Outbound implements TurnWriter {
    /** A buffer of that size is handed on before the turn ends. */
    private static final int BUFFER_BYTES_MAX = 64 << 10;

    private static final int BUFFER_BYTES_MIN = 256;
    private static final int FAREWELL_MILLIS_MAX = 5_000;

    /** An alias takes that much itself. */
    private static final int ALIAS_BYTES = 3;

    private final ChannelHandlerContext context;
    private final IoLane lane;
    private final InstantSource clock;
    private final int bytesMax;
    private @Nullable PacketEncoder encoder;
    private int aliases;
    private @Nullable ByteBuf buffer;
    private int bufferBytes = BUFFER_BYTES_MIN;
    private boolean flushing;
    private boolean closed;

    Outbound(ChannelHandlerContext context, IoLane lane, Broker broker) {
        this.context = context;
        this.lane = lane;
        this.clock = broker.clock();
        this.bytesMax = broker.limits().outboundBytesMax();
        channel()
                .config()
                .setWriteBufferWaterMark(new WriteBufferWaterMark(bytesMax / 2, bytesMax));
    }

    /** The version of the client is known: from now on it can be written to. */
    void version(MqttVersion version) {
        encoder = new PacketEncoder(version, clock);
    }

    /**
     * Keeps to what the client accepts.
     *
     * @param topicAliases how many to use
     */
    void peer(int maximumPacketSize, boolean problemInformation, int topicAliases) {
        if (encoder != null) {
            encoder.peer(maximumPacketSize, problemInformation, topicAliases);
            aliases = topicAliases;
        }
    }

    boolean hasVersion() {
        return encoder != null;
    }

    /**
     * Encodes a packet for the end of the turn.
     *
     * @return false if it is not for this client: larger than it accepts [MQTT-3.1.2-24], or not of
     *     its version
     */
    boolean write(Packet packet) {
        if (encoder == null || closed) {
            return false;
        }
        ByteBuf out = buffer();
        Packet aliased = aliases > 0 && packet instanceof Publish publish ? alias(publish) : packet;
        if (encoder.encode(aliased, out) == 0) {
            return false;
        }
        lane.counts().increment(NetCount.PACKETS_SENT);
        if (out.readableBytes() >= BUFFER_BYTES_MAX) {
            handOn();
            context.flush();
        }
        if (!flushing) {
            flushing = true;
            lane.flushLater(this);
        }
        return true;
    }

    /** Sends what was written in this turn. */
    @Override
    public void flush() {
        flushing = false;
        if (buffer != null && !closed) {
            handOn();
            context.flush();
        }
    }

    /** True while more waits in the channel than the limit allows, until half of it has left. */
    @AnyThread
    boolean congested() {
        return !channel().isWritable();
    }

    /** True if a message that may be lost should be: because of this client, or of all of them. */
    boolean takesNoMore() {
        return congested()
                || lane.memory().tight()
                        && bytesMax - channel().bytesBeforeUnwritable() > BUFFER_BYTES_MAX;
    }

    @Override
    public ByteBufAllocator allocator() {
        return context.alloc();
    }

    /** Closes the channel once what was written has left, or without it if that takes long. */
    void close() {
        closed = true;
        ByteBuf last = buffer;
        buffer = null;
        if (last == null || !last.isReadable() || congested()) {
            if (last != null) {
                last.release();
            }
            closeNow();
            return;
        }
        lane.counts().add(NetCount.BYTES_SENT, last.readableBytes());
        LingeringClose.prepare(channel());
        var written = context.writeAndFlush(last).addListener(ChannelFutureListener.CLOSE);
        if (!written.isDone()) {
            var late =
                    lane.loop()
                            .schedule(this::closeNow, FAREWELL_MILLIS_MAX, TimeUnit.MILLISECONDS);
            channel().closeFuture().addListener(_ -> late.cancel(false));
        }
    }

    private void closeNow() {
        var _ = context.close();
    }

    private Channel channel() {
        return context.channel();
    }

    private ByteBuf buffer() {
        ByteBuf current = buffer;
        if (current == null) {
            current = context.alloc().directBuffer(bufferBytes);
            buffer = current;
        }
        return current;
    }

    private void handOn() {
        ByteBuf full = buffer;
        buffer = null;
        if (full == null) {
            return;
        }
        int bytes = full.readableBytes();
        if (bytes == 0) {
            full.release();
            return;
        }
        // The next turn is likely to write as much as this one.
        bufferBytes = Math.clamp(bytes, BUFFER_BYTES_MIN, BUFFER_BYTES_MAX);
        lane.counts().add(NetCount.BYTES_SENT, bytes);
        var _ = context.write(full, context.voidPromise());
    }

    /**
     * The packet with the alias of its topic, which the topic's hash gives: another topic with the
     * same one takes it over [MQTT-3.1.2-26] [MQTT-3.3.2-11]. A name that is no longer than an
     * alias needs none.
     */
    private Publish alias(Publish packet) {
        int hash = packet.message().topic().hashCode();
        if (packet.message().topic().utf8().length <= ALIAS_BYTES) {
            return packet;
        }
        return new Publish(
                packet.message(),
                packet.qos(),
                packet.retain(),
                packet.dup(),
                packet.packetId(),
                packet.subscriptionIdentifiers(),
                1 + Math.floorMod(hash ^ hash >>> 16, aliases));
    }
}
