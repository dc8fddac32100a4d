package io.carillon.cluster.interest;

/**
 * All hashes with a common prefix.
 *
 * @param start the prefix, the rest zeros: the lowest hash of the range, unsigned
 * @param bits the length of the prefix, at most {@link #BITS_MAX}
 */
record Range(long start, int bits) {
    static final int BITS_MAX = 56;
    static final Range ALL = new Range(0, 0);

    Range {
        if (bits < 0 || bits > BITS_MAX) {
            throw new IllegalArgumentException("no range has a prefix of " + bits + " bits");
        }
        if (bits == 0 ? start != 0 : start << bits != 0) {
            throw new IllegalArgumentException("a range starts where its prefix does");
        }
    }

    /** The highest hash of the range, unsigned. */
    long last() {
        return start | (-1L >>> bits);
    }

    boolean contains(long hash) {
        return bits == 0 || (hash ^ start) >>> (Long.SIZE - bits) == 0;
    }

    /** One of the parts that a prefix longer by so many bits makes, at least one. */
    Range part(int index, int moreBits) {
        return new Range(start | (long) index << (Long.SIZE - bits - moreBits), bits + moreBits);
    }

    /** Which of these parts a hash of the range is in. */
    int partOf(long hash, int moreBits) {
        return (int) ((hash << bits) >>> (Long.SIZE - moreBits));
    }
}
