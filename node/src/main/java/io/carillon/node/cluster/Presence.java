package io.carillon.node.cluster;

import io.carillon.cluster.Incarnation;
import io.carillon.loop.AnyThread;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The starts of nodes that are members, by the numbers that they give: each begins far from any
 * other. Bounded by the members.
 */
@AnyThread
final class Presence {
    /** More than a start gives to its connections. */
    private static final long NUMBERS_MAX = 1L << 40;

    private final Set<Long> firstNumbers = ConcurrentHashMap.newKeySet();

    /** What a start calls itself in the numbers of publications: below 0. */
    static long source(Incarnation start) {
        return Long.MIN_VALUE | start.random() * 31 + start.boot();
    }

    /** From where on the start that calls itself so numbers its connections. */
    static long firstConnection(long source) {
        return source >>> 2;
    }

    void joined(Incarnation start) {
        joined(source(start));
    }

    void joined(long source) {
        firstNumbers.add(firstConnection(source));
    }

    void left(Incarnation start) {
        firstNumbers.remove(firstConnection(source(start)));
    }

    /** True if one of them has made the connection of that number. */
    boolean has(long connection) {
        for (long first : firstNumbers) {
            if (connection >= first && connection - first < NUMBERS_MAX) {
                return true;
            }
        }
        return false;
    }
}
