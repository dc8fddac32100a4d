package io.carillon.topic;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Splits the UTF-8 of topics and filters at slashes, in place. A level is found by a hash with a
 * secret seed: clients choose the levels, and must not be able to make them collide.
 */
final class Levels {
    private static final long SEED = ThreadLocalRandom.current().nextLong();
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private Levels() {}

    /** The level that starts at an index: its end in the upper half, its hash in the lower. */
    static long scan(byte[] path, int from) {
        long hash = SEED;
        int to = from;
        while (to < path.length && path[to] != '/') {
            hash = (hash ^ path[to++]) * FACTOR;
        }
        return (long) to << 32 | hash >>> 32;
    }

    static int end(long scan) {
        return (int) (scan >>> 32);
    }

    static int hash(long scan) {
        return (int) scan;
    }

    /** True if the level is this one character, as both wildcards are. */
    static boolean is(byte[] path, int from, int to, char wildcard) {
        return to == from + 1 && path[from] == wildcard;
    }
}
