package io.carillon.record;

/**
 * Which numbers of a source were taken: all up to the newest, but for some of those just below it.
 * What is further below counts as taken. Immutable.
 *
 * @param newest 0 if none was
 * @param missing of the 64 numbers below the newest those that were not taken, one bit each, the
 *     nearest in the lowest
 */
public record TakenNumbers(long newest, long missing) {
    public static final TakenNumbers NONE = new TakenNumbers(0, 0);

    /** True if the number was taken, as far as is known. */
    public boolean has(long number) {
        long behind = newest - number;
        return behind >= 0
                && (behind == 0 || behind > Long.SIZE || (missing >>> behind - 1 & 1) == 0);
    }

    /** These and all up to a number: of a source whose numbers come in their order. */
    public TakenNumbers upTo(long number) {
        return number > newest ? new TakenNumbers(number, 0) : this;
    }

    /** These and a number: of a source that others have some numbers of, and any later. */
    public TakenNumbers with(long number) {
        long ahead = number - newest;
        if (ahead <= 0) {
            return has(number) ? this : new TakenNumbers(newest, missing & ~(1L << -ahead - 1));
        }
        long between = ahead > Long.SIZE ? -1 : (1L << ahead - 1) - 1;
        long before = ahead < Long.SIZE ? missing << ahead : 0;
        return new TakenNumbers(number, before | between);
    }
}
