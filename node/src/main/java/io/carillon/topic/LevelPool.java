package io.carillon.topic;

import java.util.Arrays;

/**
 * Remembers levels of late, so that the many nodes named {@code status} share one array. Bounded: a
 * new level takes the place of another with the same hash. For the writer.
 */
final class LevelPool {
    private static final int SLOTS = 1 << 10;

    private final byte[][] levels = new byte[SLOTS][0];

    byte[] levelOf(int hash, byte[] path, int from, int to) {
        int slot = hash & SLOTS - 1;
        byte[] known = levels[slot];
        if (!Arrays.equals(known, 0, known.length, path, from, to)) {
            known = Arrays.copyOfRange(path, from, to);
            levels[slot] = known;
        }
        return known;
    }
}
