package io.carillon.net.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class TimeoutsTest {
    private static final long LATE_MILLIS_MAX = 250;

    private final MockTicker ticker = Ticker.newMockTicker();
    private final EmbeddedChannel channel = EmbeddedChannel.builder().ticker(ticker).build();
    private final Timeouts timeouts = new Timeouts(channel.eventLoop());
    private final List<String> happened = new ArrayList<>();

    private Timeouts.Entry entry(String name) {
        return entry(() -> happened.add(name));
    }

    private static Timeouts.Entry entry(Runnable action) {
        return new Timeouts.Entry() {
            @Override
            protected void timedOut() {
                action.run();
            }
        };
    }

    private void set(Timeouts.Entry entry, long millis) {
        timeouts.set(entry, TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private void pass(long millis) {
        ticker.advanceMillis(millis);
        channel.runScheduledPendingTasks();
    }

    @Test
    void comeNeitherEarlyNorMuchLater() {
        ticker.advanceMillis(77);
        set(entry("a"), 1_000);
        pass(999);
        assertEquals(List.of(), happened);
        pass(1 + LATE_MILLIS_MAX);
        assertEquals(List.of("a"), happened);
        pass(1_000_000);
        assertEquals(List.of("a"), happened);
    }

    @Test
    void areClearedAndPutOff() {
        Timeouts.Entry cleared = entry("cleared");
        Timeouts.Entry putOff = entry("put off");
        set(cleared, 1_000);
        set(putOff, 1_000);
        set(entry("other"), 1_000);
        timeouts.clear(cleared);
        timeouts.clear(cleared);
        set(putOff, 2_000);
        pass(1_500);
        assertEquals(List.of("other"), happened);
        pass(1_000);
        assertEquals(List.of("other", "put off"), happened);
    }

    @Test
    void waitForMoreThanOneRound() {
        set(entry("hour"), 3_600_000);
        set(entry("never"), Long.MAX_VALUE / 1_000_000);
        for (int second = 0; second < 3_599; second++) {
            pass(1_000);
        }
        assertEquals(List.of(), happened);
        pass(1_250);
        assertEquals(List.of("hour"), happened);
    }

    @Test
    void whatTimesOutMayClearAnotherThatIsDueAndSetItself() {
        Timeouts.Entry[] both = new Timeouts.Entry[2];
        both[0] = entry(() -> first(both[1], both[0]));
        both[1] = entry(() -> first(both[0], both[1]));
        set(both[0], 500);
        set(both[1], 500);
        pass(1_000);
        assertEquals(List.of("one"), happened);
        pass(1_000);
        assertEquals(List.of("one", "one"), happened);
    }

    private void first(Timeouts.Entry other, Timeouts.Entry self) {
        happened.add("one");
        timeouts.clear(other);
        set(self, 500);
    }

    @Test
    void oneThatFailsDoesNotStopTheOthers() {
        set(entry("b"), 1_000);
        set(
                entry(
                        () -> {
                            throw new IllegalStateException("on purpose");
                        }),
                1_000);
        pass(1_250);
        pass(250);
        assertEquals(List.of("b"), happened);
    }

    /** Against a sorted map. */
    @Test
    void manyComeInTheirTime() {
        SplittableRandom random = new SplittableRandom(7);
        long now = 0;
        TreeMap<Long, Integer> expected = new TreeMap<>();
        for (int i = 0; i < 2_000; i++) {
            if (random.nextInt(3) > 0) {
                long delay = random.nextLong(1, 200_000);
                expected.merge(now + delay, 1, Integer::sum);
                set(entry("x"), delay);
            }
            long step = random.nextLong(0, 400);
            now += step;
            pass(step);
            long certain = now - LATE_MILLIS_MAX;
            int least = count(expected.headMap(certain, true));
            int most = count(expected.headMap(now, true));
            assertEquals(Math.clamp(happened.size(), least, most), happened.size());
        }
        pass(300_000);
        assertEquals(count(expected), happened.size());
    }

    private static int count(java.util.Map<Long, Integer> times) {
        return times.values().stream().mapToInt(Integer::intValue).sum();
    }
}
