package io.carillon.bench.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;

/** Sockets share a buffer as long as nobody keeps it. */
final class LoopBufferTest {
    private final LoopBuffer buffers = new LoopBuffer();
    private final ByteBufAllocator allocator = UnpooledByteBufAllocator.DEFAULT;

    @Test
    void theNextReadTakesTheSameBufferEmpty() {
        ByteBuf first = buffers.newHandle().allocate(allocator);
        first.writeLong(1);
        first.release();

        ByteBuf second = buffers.newHandle().allocate(allocator);

        assertSame(first, second);
        assertEquals(0, second.readableBytes());
        second.release();
        buffers.close();
        assertEquals(0, second.refCnt());
    }

    @Test
    void afterTheEndEachReadHasABufferOfItsOwn() {
        buffers.close();

        ByteBuf late = buffers.newHandle().allocate(allocator);

        late.release();
        assertEquals(0, late.refCnt());
    }

    @Test
    void whatIsKeptIsNotWrittenOver() {
        ByteBuf kept = buffers.newHandle().allocate(allocator);
        kept.writeLong(1);

        ByteBuf next = buffers.newHandle().allocate(allocator);

        assertNotSame(kept, next);
        assertEquals(1, kept.readLong());
        next.release();
        assertEquals(0, next.refCnt());
        kept.release();
        ByteBuf last = buffers.newHandle().allocate(allocator);
        assertSame(kept, last);
        last.release();
        buffers.close();
    }
}
