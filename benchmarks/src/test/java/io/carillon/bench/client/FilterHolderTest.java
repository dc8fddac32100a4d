package io.carillon.bench.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many filters go in few packets, one after the other, and none of them too large. */
final class FilterHolderTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final LoadLoop loop = new LoadLoop(channel.eventLoop());

    @AfterEach
    void finish() {
        channel.finishAndReleaseAll();
    }

    @Test
    void asksForTwoHundredFiltersAtATime() {
        FilterHolder holder = holder(Protocol.V3_1_1, 450, 10);
        answer(0x20, 2, 0, 0);

        for (int filters : new int[] {200, 200, 50}) {
            assertFalse(holder.ready().isDone());
            assertEquals(1 + 2 + 2 + filters * 13, packetBytes());
            answer(0x90, 3, 0, 1, 0);
        }
        assertTrue(holder.ready().isDone());
    }

    @Test
    void keepsBelowTheBrokersLargestPacket() {
        FilterHolder holder = holder(Protocol.V5, 10, 100);
        answer(0x20, 8, 0, 0, 5, 0x27, 0, 0, 1, 0);

        for (int i = 0; i < 5; i++) {
            assertTrue(packetBytes() <= 256);
            answer(0x90, 5, 0, 1, 0, 0, 0);
        }
        assertTrue(holder.ready().isDone());
    }

    @Test
    void oneRefusalOfManyFails() {
        FilterHolder holder = holder(Protocol.V5, 3, 10);
        answer(0x20, 3, 0, 0, 0);
        answer(0x90, 6, 0, 1, 0, 0, 0x97, 0);

        CompletionException e =
                assertThrows(CompletionException.class, () -> holder.ready().join());
        assertTrue(
                e.getMessage().endsWith("refused a subscription, reason code 0x97"),
                e.getMessage());
    }

    private FilterHolder holder(Protocol protocol, int filters, int bytes) {
        List<String> texts = IntStream.range(0, filters).mapToObj(i -> "f".repeat(bytes)).toList();
        Identity identity = new Identity(protocol, "me", true, 0, 0, null, null);
        FilterHolder holder = new FilterHolder(loop, identity, texts);
        channel.pipeline().addLast(holder).fireChannelActive();
        channel.runPendingTasks();
        channel.releaseOutbound();
        return holder;
    }

    private void answer(int... octets) {
        ByteBuf in = Unpooled.buffer();
        IntStream.of(octets).forEach(in::writeByte);
        channel.writeInbound(in);
    }

    private int packetBytes() {
        channel.runPendingTasks();
        ByteBuf out = channel.readOutbound();
        int bytes = out.readableBytes();
        out.release();
        return bytes;
    }
}
