package io.carillon.cluster.replication.raft;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** Milliseconds that nobody can set: they go forward evenly from the start of the process. */
enum EvenClock implements InstantSource {
    SINCE_START;

    private final long startNanos = System.nanoTime();

    @Override
    public long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }
}
