package io.carillon.net;

import io.carillon.loop.OnEventLoop;
import io.carillon.mqtt.codec.MalformedPacket;
import io.carillon.mqtt.codec.PacketDecoder;
import io.carillon.mqtt.packet.Packet;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a client that are not decoded yet. At most a packet and what one turn reads; no
 * buffer where there are none.
 */
@OnEventLoop
final class Input {
    private final PacketDecoder decoder;
    private @Nullable ByteBuf unread;

    Input(PacketDecoder decoder) {
        this.decoder = decoder;
    }

    /** Adds bytes, which become the input's own. */
    void add(ByteBuf bytes, ByteBufAllocator allocator) {
        unread =
                unread == null
                        ? bytes
                        : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(allocator, unread, bytes);
    }

    /** The next packet, or null if it is not whole yet. */
    @Nullable Packet next() throws MalformedPacket {
        return unread == null ? null : decoder.decode(unread);
    }

    boolean isEmpty() {
        return unread == null;
    }

    /** Lets go what was decoded. */
    void trim() {
        if (unread != null && !unread.isReadable()) {
            clear();
        } else if (unread != null) {
            unread.discardSomeReadBytes();
        }
    }

    /** Lets go everything. */
    void clear() {
        if (unread != null) {
            unread.release();
            unread = null;
        }
    }
}
