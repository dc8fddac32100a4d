package io.carillon.cluster.replication.raft;

import java.util.Random;

/**
 * The random number that a disk got when a node first used it. A node that comes back with an empty
 * disk has another one: it may not vote in the place of what it was.
 */
public record DiskId(long high, long low) {

    static DiskId random(Random random) {
        return new DiskId(random.nextLong(), random.nextLong());
    }

    @Override
    public String toString() {
        return "%016x%016x".formatted(high, low);
    }
}
