package io.carillon.cluster.replication.raft;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that runs faster than another by a factor: MicroRaft counts in whole seconds. */
final class FastClock extends Clock {
    /** MicroRaft takes 0 for never. */
    private static final long START_MILLIS = 1_000_000;

    private final InstantSource source;
    private final double speed;

    FastClock(InstantSource source, double speed) {
        this.source = source;
        this.speed = speed;
    }

    @Override
    public long millis() {
        return START_MILLIS + (long) (source.millis() * speed);
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this; // nothing here asks for the time of day
    }
}
