package io.carillon.shard;

import java.util.LinkedHashSet;

/**
 * Connections whose wills went out, by what they are called: one that was told of in vain, and is
 * told of again when its node is back in reach, is not let in, and has no second will. The last
 * {@value #CALLERS_MAX}, of this leadership; on the shard's loop.
 */
final class Spent {
    private static final int CALLERS_MAX = 4_096;

    private final LinkedHashSet<Long> callers = new LinkedHashSet<>();

    /** Connections without a name of their own, as on a node alone, are not told of again. */
    void add(long caller) {
        if (caller != 0 && callers.add(caller) && callers.size() > CALLERS_MAX) {
            callers.removeFirst();
        }
    }

    boolean has(long caller) {
        return callers.contains(caller);
    }
}
