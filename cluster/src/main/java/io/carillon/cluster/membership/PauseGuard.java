package io.carillon.cluster.membership;

import io.carillon.loop.Loop;
import java.time.InstantSource;

/**
 * Notices that this process stood still (suspended, or starved) for so long that the others may
 * have given it up, and lets it count as a minority until its view has had time to become true
 * again. On the loop. A clock that is set forward has the same effect, once.
 */
final class PauseGuard {
    private static final long TICK_MILLIS = 500;

    /** Half of what the others wait for a heartbeat. */
    private static final long PAUSE_MILLIS_MAX = 2_500;

    /** What Hazelcast needs to find out, heartbeats included. */
    private static final long DOUBT_MILLIS = 7_000;

    private final Loop loop;
    private final InstantSource clock;
    private final Members members;
    private long lastMillis;
    private long doubtUntilMillis = Long.MIN_VALUE;

    private PauseGuard(Loop loop, InstantSource clock, Members members) {
        this.loop = loop;
        this.clock = clock;
        this.members = members;
        this.lastMillis = clock.millis();
    }

    /** Begins to watch. */
    static void watch(Loop loop, InstantSource clock, Members members) {
        loop.schedule(TICK_MILLIS, new PauseGuard(loop, clock, members)::tick);
    }

    private void tick() {
        long now = clock.millis();
        if (now - lastMillis > PAUSE_MILLIS_MAX) {
            doubtUntilMillis = now + DOUBT_MILLIS;
            members.trust(false);
        } else if (doubtUntilMillis != Long.MIN_VALUE && now >= doubtUntilMillis) {
            doubtUntilMillis = Long.MIN_VALUE;
            members.trust(true);
        }
        lastMillis = now;
        loop.schedule(TICK_MILLIS, this::tick);
    }
}
