package io.carillon.logging;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Limits lines of each kind to {@value #PER_SECOND_MAX} a second, so that a thousand clients with
 * one fault don't fill a disk. Kinds are texts in the code, so there are few; past {@value
 * #KINDS_MAX} they share one budget. Any thread.
 */
final class LineBudget {
    static final int PER_SECOND_MAX = 20;
    static final int KINDS_MAX = 1_024;

    /** The answer to a line that is one too many. */
    static final long REFUSED = -1;

    private static final long SECOND_NANOS = 1_000_000_000;

    private final ConcurrentHashMap<String, Window> windows = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    /** A second of one kind. */
    private static final class Window {
        long beganNanos;
        int taken;
        long leftOut;
    }

    LineBudget(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** How many lines of this kind were left out before this one, or {@link #REFUSED}. */
    long take(@Nullable String kind) {
        Window window = window(String.valueOf(kind));
        long now = nanos.getAsLong();
        synchronized (window) {
            if (window.taken == 0 || now - window.beganNanos >= SECOND_NANOS) {
                window.beganNanos = now;
                window.taken = 0;
            }
            if (window.taken == PER_SECOND_MAX) {
                window.leftOut++;
                return REFUSED;
            }
            window.taken++;
            long leftOut = window.leftOut;
            window.leftOut = 0;
            return leftOut;
        }
    }

    private Window window(String kind) {
        Window known = windows.get(kind);
        if (known != null) {
            return known;
        }
        String name = windows.size() < KINDS_MAX ? kind : "";
        return windows.computeIfAbsent(name, _ -> new Window());
    }
}
