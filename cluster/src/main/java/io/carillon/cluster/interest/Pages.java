package io.carillon.cluster.interest;

/** Which part of an owner's strings stands on which page of the shared map: by hash. */
final class Pages {
    private static final int BITS = Integer.numberOfTrailingZeros(SharedPages.PAGES);

    private Pages() {}

    static int numberOf(long hash) {
        return Range.ALL.partOf(hash, BITS);
    }

    static Range rangeOf(int number) {
        return Range.ALL.part(number, BITS);
    }
}
