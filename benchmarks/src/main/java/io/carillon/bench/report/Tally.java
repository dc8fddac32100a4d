package io.carillon.bench.report;

/**
 * What the clients of one event loop have counted since they began, or the sum over several loops.
 *
 * @param sent PUBLISH packets written
 * @param acknowledged PUBACK or PUBCOMP received with a good reason code
 * @param refused acknowledgements with a bad reason code
 * @param delivered messages that reached a subscriber
 * @param foreign messages that this run did not send
 * @param closed connections that ended without being asked to
 * @param stalls windows opened again after a second without any delivery: messages were lost
 * @param lastDeliveryNanos {@link System#nanoTime} of the last delivery; 0 before the first
 */
public record Tally(
        long sent,
        long acknowledged,
        long refused,
        long delivered,
        long foreign,
        long closed,
        long stalls,
        long lastDeliveryNanos) {
    public static final Tally ZERO = new Tally(0, 0, 0, 0, 0, 0, 0, 0);

    public Tally plus(Tally other) {
        return new Tally(
                sent + other.sent,
                acknowledged + other.acknowledged,
                refused + other.refused,
                delivered + other.delivered,
                foreign + other.foreign,
                closed + other.closed,
                stalls + other.stalls,
                Math.max(lastDeliveryNanos, other.lastDeliveryNanos));
    }

    /** Grows as long as anything happens. */
    public long moves() {
        return sent + acknowledged + refused + delivered;
    }

    /** What was counted since an earlier tally; the time of the last delivery stays. */
    public Tally since(Tally earlier) {
        return new Tally(
                sent - earlier.sent,
                acknowledged - earlier.acknowledged,
                refused - earlier.refused,
                delivered - earlier.delivered,
                foreign - earlier.foreign,
                closed - earlier.closed,
                stalls - earlier.stalls,
                lastDeliveryNanos);
    }
}
