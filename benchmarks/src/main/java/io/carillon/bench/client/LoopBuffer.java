package io.carillon.bench.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * The one buffer that all sockets of a loop are read into, one after the other: large enough for
 * what has come, so that one read takes it all, and allocated once. Who keeps it beyond the read,
 * as a decoder of TLS may, leaves the next read a buffer of its own. For the loop's thread.
 */
final class LoopBuffer extends DefaultMaxMessagesRecvByteBufAllocator {
    private static final int BYTES = 64 << 10;

    private @Nullable ByteBuf buffer;
    private boolean closed;

    @Override
    @SuppressWarnings("deprecation") // Netty has no other interface for it
    public Handle newHandle() {
        return new Reads();
    }

    /** Frees the buffer; what is read from now on gets buffers of its own. */
    void close() {
        closed = true;
        if (buffer != null) {
            buffer.release();
            buffer = null;
        }
    }

    private ByteBuf next(ByteBufAllocator allocator) {
        ByteBuf shared = buffer;
        if (shared == null && !closed) {
            shared = allocator.directBuffer(BYTES, BYTES);
            buffer = shared;
        }
        return shared != null && shared.refCnt() == 1
                ? shared.clear().retain()
                : allocator.directBuffer(BYTES, BYTES);
    }

    /** One socket's reads. */
    private final class Reads extends MaxMessageHandle {
        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            return next(allocator);
        }

        @Override
        public int guess() {
            return BYTES;
        }
    }
}
