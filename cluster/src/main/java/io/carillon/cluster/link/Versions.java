package io.carillon.cluster.link;

import java.util.OptionalInt;

/** The versions of the protocol that a node speaks. Two nodes use the highest that both do. */
record Versions(int min, int max) {
    static final Versions OURS = new Versions(1, 1);

    OptionalInt highestCommon(Versions other) {
        int common = Math.min(max, other.max);
        return common >= Math.max(min, other.min) ? OptionalInt.of(common) : OptionalInt.empty();
    }

    @Override
    public String toString() {
        return min == max ? Integer.toString(min) : min + " to " + max;
    }
}
