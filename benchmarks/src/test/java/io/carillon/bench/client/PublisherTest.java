package io.carillon.bench.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A publisher sends what its window, its limit and its schedule let it, and no more. */
final class PublisherTest {
    private static final int PAYLOAD_BYTES = 20;
    private static final String TOPIC = "t";

    /** Fixed header, topic, payload. */
    private static final int PACKET_BYTES = 2 + 3 + PAYLOAD_BYTES;

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final LoadLoop loop = new LoadLoop(channel.eventLoop());
    private final Publisher publisher =
            new Publisher(
                    loop,
                    new Identity(Protocol.V3_1_1, "me", true, 0, 0, null, null),
                    0,
                    TOPIC,
                    0,
                    PAYLOAD_BYTES,
                    5,
                    1);

    @BeforeEach
    void connect() {
        channel.pipeline().addLast(publisher).fireChannelActive();
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {0x20, 2, 0, 0}));
        channel.runPendingTasks();
        channel.releaseOutbound();
    }

    @AfterEach
    void release() {
        channel.finishAndReleaseAll();
    }

    @Test
    void aWindowIsFilledAndFilledAgainWhenItOpens() {
        publisher.start(Publisher.NO_LIMIT);
        assertEquals(5, sentTimes().size());

        publisher.delivered(2);
        assertEquals(2, sentTimes().size());
    }

    @Test
    void whatIsDueIsSentWithTheTimeAtWhichItWasDue() {
        long longAgo = System.nanoTime() - TimeUnit.MINUTES.toNanos(1);
        Schedule schedule = new Schedule(longAgo, TimeUnit.SECONDS.toNanos(25));

        publisher.start(Publisher.NO_LIMIT, schedule);
        loop.touch(publisher);

        assertEquals(
                List.of(schedule.nanosOf(0), schedule.nanosOf(1), schedule.nanosOf(2)),
                sentTimes());
        assertEquals(3, loop.lateness().samples());
        assertTrue(publisher.sending());
    }

    @Test
    void aScheduleOpensNoWindow() {
        publisher.start(Publisher.NO_LIMIT, new Schedule(System.nanoTime() - 1_000_000, 1_000));
        loop.touch(publisher);

        assertEquals(5, sentTimes().size());
    }

    @Test
    void aPacerWakesThoseWhoAreDueUntilTheyAreDone() {
        publisher.start(3, new Schedule(System.nanoTime() - 1_000_000, 1_000));

        new Pacer(loop, List.of(publisher)).run();

        assertEquals(3, sentTimes().size());
        assertFalse(publisher.sending());
    }

    /** The times in the messages that have left by now. */
    private List<Long> sentTimes() {
        channel.runPendingTasks();
        List<Long> times = new ArrayList<>();
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            for (; out.isReadable(); out.skipBytes(PACKET_BYTES)) {
                int payload = out.readerIndex() + PACKET_BYTES - PAYLOAD_BYTES;
                times.add(Stamp.nanos(out, payload));
            }
            out.release();
        }
        return times;
    }
}
