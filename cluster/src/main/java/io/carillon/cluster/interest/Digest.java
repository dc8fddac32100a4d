package io.carillon.cluster.interest;

/**
 * What a set of wanted strings is compared by, without regard to order: how many, and a sum of 128
 * bits over a 64-bit fingerprint of each.
 *
 * @param high the upper half of the sum; carries don't come over from the lower
 */
record Digest(long count, long high, long low) {
    static final Digest EMPTY = new Digest(0, 0, 0);

    static long highOf(long fingerprint) {
        long h = (fingerprint ^ 0x6a09e667f3bcc909L) * 0xbf58476d1ce4e5b9L;
        h = (h ^ (h >>> 29)) * 0x94d049bb133111ebL;
        return h ^ (h >>> 32);
    }

    static long lowOf(long fingerprint) {
        long h = (fingerprint ^ (fingerprint >>> 33)) * 0xff51afd7ed558ccdL;
        h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return h ^ (h >>> 33);
    }
}
