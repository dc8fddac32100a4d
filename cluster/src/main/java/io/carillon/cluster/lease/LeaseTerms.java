package io.carillon.cluster.lease;

/**
 * How long nodes rely on each other.
 *
 * @param millis how long a node stands by what it has agreed to, by its own clock
 * @param answerMillis for how much of that the other one may answer subscribers
 * @param marginMillis how much earlier the other one ceases to rely on it: what two clocks may
 *     differ by within that time
 */
public record LeaseTerms(long millis, long answerMillis, long marginMillis) {
    /**
     * 5 s, 3 s, and a quarter of one. The first is beyond what a link takes to notice silence (3.5
     * s), so those who live on have agreed anew, without the silent one, before it is over; the
     * second is less, so they may do so at once. Clocks differ by far less than the third.
     */
    public static final LeaseTerms DEFAULT = new LeaseTerms(5_000, 3_000, 250);

    public LeaseTerms {
        if (marginMillis < 1 || answerMillis < 2 * marginMillis || millis < answerMillis) {
            throw new IllegalArgumentException(
                    "a term of "
                            + millis
                            + " ms, "
                            + answerMillis
                            + " ms of it for answers, with a margin of "
                            + marginMillis
                            + " ms; the first has to be the longest, the last at least 1 and at"
                            + " most half of the second");
        }
    }
}
