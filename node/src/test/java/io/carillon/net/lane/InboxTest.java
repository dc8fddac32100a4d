package io.carillon.net.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.DefaultEventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What other threads leave for an event loop. */
final class InboxTest {
    private static final int THREADS = 4;
    private static final int EACH = 20_000;

    /** [MQTT-4.6.0-5] what one thread hands over comes in its order, and nothing is lost. */
    @Test
    void keepsTheOrderOfEachThread() throws InterruptedException {
        Inbox<long[]> inbox = new Inbox<>();
        DefaultEventLoop loop = new DefaultEventLoop();
        long[] next = new long[THREADS];
        CountDownLatch all = new CountDownLatch(THREADS * EACH);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int me = t;
            threads.add(
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        for (int i = 0; i < EACH; i++) {
                                            if (inbox.push(new long[] {me, i}, 10)) {
                                                loop.execute(
                                                        () ->
                                                                inbox.drain(
                                                                        item -> {
                                                                            take(next, item);
                                                                            all.countDown();
                                                                        }));
                                            }
                                        }
                                    }));
        }
        assertTrue(all.await(30, TimeUnit.SECONDS));
        for (Thread thread : threads) {
            thread.join();
        }
        for (long count : next) {
            assertEquals(EACH, count);
        }
        assertTrue(inbox.isEmpty());
        assertEquals(0, inbox.bytes());
        assertTrue(loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(10, TimeUnit.SECONDS));
    }

    private static void take(long[] next, long[] item) {
        int thread = (int) item[0];
        if (next[thread] == item[1]) {
            next[thread]++;
        }
    }

    @Test
    void wakesTheLoopOnceForAllThatWaits() {
        Inbox<String> inbox = new Inbox<>();
        assertTrue(inbox.push("a", 3));
        assertFalse(inbox.push("b", 4));
        assertEquals(7, inbox.bytes());
        List<String> taken = new ArrayList<>();
        inbox.drain(taken::add);
        assertEquals(List.of("a", "b"), taken);
        assertTrue(inbox.push("c", 1));
        assertEquals(1, inbox.bytes());
    }
}
