package io.carillon.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ThreadLoopTest {
    private final ThreadLoop loop = ThreadLoop.start("shard-7");
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void tasksRunInTheirOrderOnTheThreadThatHasTheLoopsName() throws Exception {
        loop.execute(() -> seen.add(Thread.currentThread().getName()));
        loop.execute(() -> seen.add("2"));
        rest();
        assertEquals(List.of("shard-7", "2"), seen);
        assertFalse(loop.isInside());
        assertThrows(IllegalStateException.class, loop::assertInside);
        loop.execute(loop::assertInside);
        rest();
        assertEquals(0, loop.failures());
    }

    @Test
    void aTaskThatThrowsIsCountedAndTheLoopLivesOn() throws Exception {
        loop.execute(
                () -> {
                    throw new IllegalStateException("as the test wants it");
                });
        loop.execute(() -> seen.add("next"));
        rest();
        assertEquals(List.of("next"), seen);
        assertEquals(1, loop.failures());
    }

    @Test
    void theEndOfATurnComesAfterTheTasksThatWaited() throws Exception {
        CountDownLatch last = new CountDownLatch(1);
        loop.execute(
                () -> {
                    loop.atTurnEnd(
                            () -> {
                                seen.add("end");
                                loop.atTurnEnd(() -> seen.add("next end"));
                                loop.atTurnEnd(last::countDown);
                            });
                    // From inside: both wait when the turn goes on.
                    loop.execute(() -> seen.add("task"));
                });
        assertTrue(last.await(10, TimeUnit.SECONDS));
        assertEquals(List.of("task", "end", "next end"), seen);
        assertThrows(IllegalStateException.class, () -> loop.atTurnEnd(() -> {}));
    }

    @Test
    void timersFireInTheOrderOfTheirDeadlines() throws Exception {
        CountDownLatch last = new CountDownLatch(1);
        loop.execute(
                () -> {
                    loop.schedule(20, last::countDown);
                    loop.schedule(10, () -> seen.add("10"));
                    loop.schedule(5, () -> seen.add("5"));
                    loop.schedule(1, () -> seen.add("never")).cancel();
                    loop.schedule(Long.MAX_VALUE, () -> seen.add("in ten years"));
                });
        loop.schedule(7, () -> seen.add("from outside"));
        assertTrue(last.await(10, TimeUnit.SECONDS));
        assertEquals(List.of("5", "10"), seen.stream().filter(each -> each.length() < 3).toList());
        assertTrue(seen.contains("from outside"));
        assertEquals(3, seen.size());
    }

    @Test
    void noTaskOfManyThreadsIsLost() throws Exception {
        int threads = 4;
        int each = 50_000;
        AtomicInteger ran = new AtomicInteger();
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            senders.add(
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        for (int j = 0; j < each; j++) {
                                            loop.execute(ran::incrementAndGet);
                                            while (j % 1_000 == 0 && loop.pending() > 0) {
                                                Thread.onSpinWait(); // the loop falls asleep now
                                                // and then
                                            }
                                        }
                                    }));
        }
        for (Thread sender : senders) {
            sender.join();
        }
        rest();
        assertEquals(threads * each, ran.get());
        while (loop.pending() > 0) {
            Thread.onSpinWait(); // the turn that counts them may be under way
        }
    }

    @Test
    void closingRunsWhatIsQueuedAndDropsTimers() {
        CountDownLatch go = new CountDownLatch(1);
        loop.execute(() -> await(go));
        for (int i = 0; i < 1_000; i++) {
            loop.execute(() -> seen.add("task"));
        }
        loop.execute(() -> loop.atTurnEnd(() -> seen.add("end")));
        loop.schedule(60_000, () -> seen.add("timer"));
        go.countDown();
        loop.close();
        assertEquals(1_001, seen.size());
        assertEquals("end", seen.getLast());
        assertThrows(RejectedExecutionException.class, () -> loop.execute(() -> {}));
        loop.close();
    }

    @Test
    void theLoopCanCloseItself() throws Exception {
        loop.execute(
                () -> {
                    loop.close();
                    seen.add("after");
                });
        loop.close();
        assertEquals(List.of("after"), seen);
    }

    private void rest() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        loop.execute(done::countDown);
        assertTrue(done.await(10, TimeUnit.SECONDS));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
