package io.carillon.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManualLoopTest {
    private final ManualLoop loop = new ManualLoop("shard-0");
    private final List<String> seen = new ArrayList<>();

    @Test
    void nothingRunsByItself() {
        loop.execute(() -> seen.add("a"));
        loop.execute(() -> seen.add("b"));
        assertEquals(List.of(), seen);
        assertEquals(2, loop.pending());
        assertTrue(loop.runOne());
        assertEquals(List.of("a"), seen);
        assertTrue(loop.runOne());
        assertFalse(loop.runOne());
    }

    @Test
    void aTurnRunsWhatWaitedThenItsEnd() {
        loop.execute(
                () -> {
                    loop.atTurnEnd(() -> seen.add("end"));
                    loop.execute(() -> seen.add("next turn"));
                });
        loop.execute(() -> seen.add("same turn"));
        assertTrue(loop.runTurn());
        assertEquals(List.of("same turn", "end"), seen);
        assertTrue(loop.runTurn());
        assertFalse(loop.runTurn());
        assertEquals(List.of("same turn", "end", "next turn"), seen);
    }

    @Test
    void insideIsWhileATaskRuns() {
        assertThrows(IllegalStateException.class, loop::assertInside);
        assertThrows(IllegalStateException.class, () -> loop.atTurnEnd(() -> {}));
        loop.execute(loop::assertInside);
        loop.execute(() -> assertThrows(IllegalStateException.class, loop::runUntilIdle));
        loop.execute(() -> seen.add("x"));
        loop.runUntilIdle();
        assertEquals(0, loop.failures());
    }

    @Test
    void timersFireAtTheirTime() {
        loop.schedule(10, () -> seen.add("10 at " + loop.clock().millis()));
        loop.schedule(5, () -> loop.schedule(2, () -> seen.add("7 at " + loop.clock().millis())));
        Loop.Timer off = loop.schedule(6, () -> seen.add("never"));
        loop.advanceMillis(4);
        assertEquals(List.of(), seen);
        off.cancel();
        loop.advanceMillis(100);
        assertEquals(List.of("7 at 7", "10 at 10"), seen);
        assertEquals(Instant.ofEpochMilli(104), loop.clock().instant());
    }

    @Test
    void equalDeadlinesFireInTheOrderOfScheduling() {
        for (int i = 0; i < 10; i++) {
            String name = Integer.toString(i);
            loop.schedule(3, () -> seen.add(name));
        }
        loop.advanceMillis(3);
        assertEquals(List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"), seen);
    }

    @Test
    void calledOffTimersDoNotPileUp() {
        TimerQueue timers = new TimerQueue();
        for (int i = 0; i < 100_000; i++) {
            TimerQueue.Entry entry = timers.entry(1_000 + i, () -> {});
            timers.add(entry);
            entry.cancel();
            entry.cancel();
        }
        assertEquals(0, timers.size());
        assertTrue(timers.held() < 200, "held " + timers.held());
        assertEquals(Long.MAX_VALUE, timers.nextDeadline());
        TimerQueue.Entry live = timers.entry(5, () -> {});
        timers.add(live);
        assertEquals(5, timers.nextDeadline());
        assertEquals(1, timers.size());
    }

    @Test
    void severalLoopsShareAClock() {
        ManualLoop other = new ManualLoop("shard-1", loop.clock());
        other.schedule(5, () -> seen.add("other"));
        loop.advanceMillis(5);
        assertEquals(List.of(), seen);
        other.runUntilIdle();
        assertEquals(List.of("other"), seen);
        assertThrows(IllegalArgumentException.class, () -> loop.clock().advanceMillis(-1));
    }

    @Test
    void aTaskThatThrowsIsCounted() {
        loop.execute(
                () -> {
                    throw new IllegalStateException("as the test wants it");
                });
        loop.execute(() -> seen.add("next"));
        loop.runUntilIdle();
        assertEquals(1, loop.failures());
        assertEquals(List.of("next"), seen);
    }
}
