package io.carillon.cluster.membership;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** What is said at once, and again every minute while it lasts. Any thread. */
final class Seldom {
    private static final long REPEAT_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int TEXTS_MAX = 256;

    private final LongSupplier nanos;
    private final Map<String, Long> saidAt = new HashMap<>();

    Seldom(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** True if it is to be said now. */
    synchronized boolean isDue(String text) {
        long now = nanos.getAsLong();
        Long last = saidAt.get(text);
        if (last != null && now - last < REPEAT_NANOS) {
            return false;
        }
        if (saidAt.size() >= TEXTS_MAX) {
            saidAt.clear();
        }
        saidAt.put(text, now);
        return true;
    }
}
