package io.carillon.cluster.ownership;

import io.carillon.cluster.ShardId;
import io.carillon.cluster.Voter;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The voters of each shard.
 *
 * @param voters by the number of the shard, each list in the order of names
 */
public record ShardMap(List<List<Voter>> voters) {

    /** Voters of a shard at most. */
    public static final int VOTERS_MAX = 5;

    public ShardMap {
        voters = voters.stream().map(List::copyOf).toList();
    }

    /**
     * The map that nodes start with: depends on nothing but its arguments, in whatever order the
     * homes come. Each shard has the nodes that want it most by a stable hash, in different zones
     * as far as there are, and moved on until loads are even: without zones they differ by one at
     * most.
     *
     * @param replicas how many voters a shard is to have; see {@link #voterCount}
     * @throws IllegalArgumentException if there are no homes, or a node is named twice
     */
    public static ShardMap place(int shards, int replicas, Collection<Home> homes) {
        if (homes.isEmpty() || homes.stream().map(Home::node).distinct().count() < homes.size()) {
            throw new IllegalArgumentException("shards need homes on different nodes: " + homes);
        }
        int count = voterCount(homes.size(), replicas);
        Seating seating = new Seating(shards, homes);
        for (int shard = 0; shard < shards; shard++) {
            while (seating.size(shard) < count) {
                Home home = seating.keenest(shard);
                if (home == null) {
                    throw new IllegalStateException("fewer homes than voters: " + homes);
                }
                seating.seat(shard, home);
            }
        }
        // Each step that isn't neutral brings two loads nearer, so this many are never needed.
        for (int step = 0; step < 2 * shards * count; step++) {
            if (seating.even(shard -> true) == null) {
                break;
            }
        }
        return new ShardMap(IntStream.range(0, shards).mapToObj(seating::voters).toList());
    }

    /**
     * How many voters a shard has: what was asked for, as far as there are nodes. It is never four,
     * which would cost a copy and tolerate no second loss.
     *
     * @param nodes at least 1
     * @param replicas at least 1
     */
    public static int voterCount(int nodes, int replicas) {
        int count = Math.min(Math.min(nodes, replicas), VOTERS_MAX);
        return count == 4 ? 3 : count;
    }

    /** How many shards there are. */
    public int shards() {
        return voters.size();
    }

    public List<Voter> voters(ShardId shard) {
        return voters.get(shard.number());
    }
}
