package io.carillon.simulation;

import io.carillon.loop.ManualClock;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/** Time, chance, what is due, and what was found wrong. */
final class World {
    private static final int BAD_MAX = 12;

    final Random random;
    final ManualClock clock = new ManualClock(1_000_000_000L);
    final MockTicker ticker = Ticker.newMockTicker();
    final List<String> bad = new ArrayList<>();
    final List<Conn> conns = new ArrayList<>();

    /** Since when nothing is disturbed and all nodes serve; far in the future while that isn't. */
    private long quietSince = Long.MAX_VALUE;

    /** Since when all nodes run, reach each other and know it; far in the future if they don't. */
    private long steadySince = Long.MAX_VALUE;

    // The last time that all nodes ran and knew each other, when that is over.
    private long steadyFrom = -1;
    private long steadyTo = -1;

    private final long startMillis = clock.millis();
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long eventOrder;
    private long trace = 17;

    private record Event(long atMillis, long order, Runnable run) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atMillis, other.atMillis);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    World(long seed) {
        this.random = new Random(seed);
    }

    /** Milliseconds since the beginning. */
    long now() {
        return clock.millis() - startMillis;
    }

    void in(long millis, Runnable task) {
        events.add(new Event(clock.millis() + millis, eventOrder++, task));
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    int upTo(int bound) {
        return random.nextInt(bound);
    }

    /** Runs what is due, then moves on by a millisecond. */
    void runDue() {
        while (!events.isEmpty() && events.element().atMillis() <= clock.millis()) {
            events.remove().run().run();
        }
    }

    void tick() {
        clock.advanceMillis(1);
        ticker.advanceMillis(1);
    }

    void bad(String what) {
        if (bad.size() < BAD_MAX) {
            bad.add(now() + " ms: " + what);
        }
        Log.say(this, "BAD " + what);
    }

    /** Takes something that happened into the hash by which two runs are compared. */
    void trace(int what) {
        trace = trace * 31 + what;
        trace = trace * 31 + now();
    }

    /** True if nothing was disturbed for a while. */
    boolean isQuiet() {
        return quietSince <= now() - 500;
    }

    /** True if nothing was disturbed, and all nodes served, from that time until now. */
    boolean isQuietSince(long millis) {
        return quietSince <= millis;
    }

    /** True if all nodes have run and known each other from before that time until now. */
    boolean isSteadySince(long millis) {
        return steadySince <= millis;
    }

    /** True if all nodes ran and knew each other from one moment to another. */
    boolean wasSteady(long fromMillis, long toMillis) {
        return steadySince <= fromMillis || steadyFrom <= fromMillis && steadyTo >= toMillis;
    }

    void steady(boolean isSteady) {
        if (isSteady) {
            steadySince = Math.min(steadySince, now());
        } else if (steadySince != Long.MAX_VALUE) {
            steadyFrom = steadySince;
            steadyTo = now();
            steadySince = Long.MAX_VALUE;
        }
    }

    void quiet(boolean isQuiet) {
        quietSince = isQuiet ? Math.min(quietSince, now()) : Long.MAX_VALUE;
    }

    long traced() {
        return trace;
    }
}
