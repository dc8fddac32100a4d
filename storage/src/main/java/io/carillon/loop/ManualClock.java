package io.carillon.loop;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is told to move. One thread. */
public final class ManualClock implements InstantSource {
    private long millis;

    /** A clock that shows the given time, in milliseconds since 1970. */
    public ManualClock(long millis) {
        this.millis = millis;
    }

    /** Moves the clock forward. */
    public void advanceMillis(long by) {
        if (by < 0) {
            throw new IllegalArgumentException("a clock moves forward only, not by " + by + " ms");
        }
        millis += by;
    }

    @Override
    public long millis() {
        return millis;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis);
    }
}
