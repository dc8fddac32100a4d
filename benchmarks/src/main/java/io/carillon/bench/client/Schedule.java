package io.carillon.bench.client;

import java.util.concurrent.TimeUnit;

/**
 * When each message of a publisher is due: at a fixed interval, whatever became of those before it.
 * A time that is taken from there, and not from the sending, holds what a message waited because
 * the broker kept earlier ones from leaving.
 *
 * @param firstNanos {@link System#nanoTime} at which its first message is due
 * @param intervalNanos from one message to the next
 */
public record Schedule(long firstNanos, double intervalNanos) {

    /**
     * The schedule of one of several publishers that take turns.
     *
     * @param beginNanos when the first message of the first publisher is due
     * @param place of this one among them, from 0
     * @param ratePerSecond of all of them together, at least 1
     */
    public static Schedule of(long beginNanos, int place, int publishers, int ratePerSecond) {
        double turnNanos = TimeUnit.SECONDS.toNanos(1) / (double) ratePerSecond;
        return new Schedule(beginNanos + (long) (place * turnNanos), publishers * turnNanos);
    }

    /** When its message of that number, from 0, is due. */
    public long nanosOf(long message) {
        return firstNanos + (long) (message * intervalNanos);
    }

    /** How many of its messages are due by then. */
    public long due(long nanos) {
        if (nanos < firstNanos) {
            return 0;
        }
        long due = (long) ((nanos - firstNanos) / intervalNanos);
        // A division that rounds must not hold a message back for a whole interval.
        while (nanosOf(due) <= nanos) {
            due++;
        }
        return due;
    }
}
