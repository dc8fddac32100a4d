package io.carillon.cluster;

import java.util.Comparator;

/**
 * The number that fences a former leader of a shard: a higher one wins.
 *
 * @param generation grows when a shard moves to other replicas; standalone, at each start of the
 *     node
 * @param term the election's term within the generation; 1 standalone
 */
public record Epoch(long generation, int term) implements Comparable<Epoch> {
    private static final Comparator<Epoch> ORDER =
            Comparator.comparingLong(Epoch::generation).thenComparingInt(Epoch::term);

    @Override
    public int compareTo(Epoch other) {
        return ORDER.compare(this, other);
    }
}
