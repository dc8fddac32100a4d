package io.carillon.peers.publish;

/**
 * Which numbers of a source were taken, of the newest ones: the members of a shared subscription
 * get some of them each, and not always in order. Not for several threads.
 */
final class Taken {
    private static final int REMEMBERED = Long.SIZE;

    private long newest;

    /** Of {@code newest} and those below it, one bit each. */
    private long taken;

    /** False if it was taken before, or is so old that nobody knows. */
    boolean add(long number) {
        if (number > newest) {
            long ahead = number - newest;
            taken = ahead < REMEMBERED ? taken << ahead : 0;
            newest = number;
        } else if (newest - number >= REMEMBERED) {
            return false;
        }
        long bit = 1L << newest - number;
        boolean isNew = (taken & bit) == 0;
        taken |= bit;
        return isNew;
    }
}
