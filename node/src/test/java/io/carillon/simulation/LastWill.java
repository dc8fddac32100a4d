package io.carillon.simulation;

/** The will of one connection, and what must become of it. */
final class LastWill {
    /** What must become of a will. */
    enum Fate {
        /** It may come, or not: its client is connected, or nobody can tell. */
        UNDECIDED,
        DUE,
        DROPPED
    }

    Fate fate = Fate.UNDECIDED;
    int times;

    /** When it came first, or -1. */
    long firstMillis = -1;

    void came(long nowMillis) {
        times++;
        if (firstMillis < 0) {
            firstMillis = nowMillis;
        }
    }

    boolean cameBefore(long millis) {
        return firstMillis >= 0 && firstMillis < millis;
    }
}
