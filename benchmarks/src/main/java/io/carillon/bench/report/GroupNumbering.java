package io.carillon.bench.report;

import java.util.Arrays;

/**
 * The numbers 0, 1, 2… of one publisher's messages as the members of a shared group receive them
 * between them, in no order: tells how many did not come, and how many came again. One thread.
 */
public final class GroupNumbering {
    /** A bit for each of the numbers from {@link #base} on, at its place modulo the span. */
    private final long[] seen;

    private final int span;

    /** A multiple of 64; smaller numbers are forgotten. */
    private long base;

    private long distinct;
    private long doubled;

    /**
     * A numbering of nothing yet.
     *
     * @param span numbers remembered, a power of two from 64 on. A message that is so much older
     *     than the newest counts as doubled, and stays lost
     */
    public GroupNumbering(int span) {
        if (span < Long.SIZE || Integer.bitCount(span) != 1) {
            throw new IllegalArgumentException("no power of two from 64 on: " + span);
        }
        this.span = span;
        this.seen = new long[span / Long.SIZE];
    }

    /** Takes a message; false if it had come before. */
    public boolean receive(long number) {
        if (number >= base + span) {
            forgetUpTo(number);
        }
        int word = (int) (number / Long.SIZE) & seen.length - 1;
        long bit = 1L << number;
        if (number < base || (seen[word] & bit) != 0) {
            doubled++;
            return false;
        }
        seen[word] |= bit;
        distinct++;
        return true;
    }

    /** Makes room for a number. */
    private void forgetUpTo(long number) {
        if (number - base >= 2L * span) {
            Arrays.fill(seen, 0);
            base = number / Long.SIZE * Long.SIZE - span + Long.SIZE;
        }
        while (number >= base + span) {
            seen[(int) (base / Long.SIZE) & seen.length - 1] = 0;
            base += Long.SIZE;
        }
    }

    /** Of the first {@code sent} numbers, those that never came. */
    public long lost(long sent) {
        return Math.max(0, sent - distinct);
    }

    /** Messages that had come before. */
    public long doubled() {
        return doubled;
    }
}
