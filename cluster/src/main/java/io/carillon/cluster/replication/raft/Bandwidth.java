package io.carillon.cluster.replication.raft;

import java.time.InstantSource;

/** Shares out so many bytes a second, and so many transfers at a time. Any thread. */
final class Bandwidth {
    private static final int TRANSFERS_MAX = 4;
    private static final long MILLIS_PER_SECOND = 1_000;

    private final InstantSource clock;
    private final long bytesPerSecond;
    private long freeAtMillis;
    private int transfers;
    private volatile long begun;
    private volatile long bytesTaken;

    Bandwidth(InstantSource clock, long bytesPerSecond) {
        this.clock = clock;
        this.bytesPerSecond = Math.max(1, bytesPerSecond);
    }

    /** Takes so many bytes; returns in how many milliseconds they may be sent. */
    synchronized long delayMillis(long bytes) {
        bytesTaken += bytes;
        long now = clock.millis();
        long start = Math.max(now, freeAtMillis);
        freeAtMillis = start + bytes * MILLIS_PER_SECOND / bytesPerSecond;
        return start - now;
    }

    /** True if another transfer may begin; it has to be ended. */
    synchronized boolean begin() {
        if (transfers == TRANSFERS_MAX) {
            return false;
        }
        transfers++;
        begun++;
        return true;
    }

    /** How many transfers have begun. */
    long begun() {
        return begun;
    }

    /** How many bytes were shared out. */
    long bytesTaken() {
        return bytesTaken;
    }

    synchronized void end() {
        transfers--;
    }
}
