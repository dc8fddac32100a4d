package io.carillon.cluster.ownership;

import io.carillon.cluster.Voter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Who holds which shard while a plan is worked out. Zones come before loads: no step seats replicas
 * of a shard closer together than they are. One thread.
 */
final class Seating {
    static final Comparator<Home> BY_VOTER = Comparator.comparing(Home::voter);

    /** A replica that changes its seat. */
    record Move(int shard, Home from, Home to) {}

    /** Who may be given replicas, in the order of their names. */
    private final List<Home> takers;

    private final List<Set<Home>> seats = new ArrayList<>();
    private final Map<Home, Integer> loads = new HashMap<>();
    private final Map<Home, Rendezvous> wishes = new HashMap<>();

    Seating(int shards, Collection<Home> takers) {
        this.takers = takers.stream().sorted(BY_VOTER).toList();
        for (int i = 0; i < shards; i++) {
            seats.add(new TreeSet<>(BY_VOTER));
        }
    }

    List<Voter> voters(int shard) {
        return seats.get(shard).stream().map(Home::voter).toList();
    }

    int size(int shard) {
        return seats.get(shard).size();
    }

    int load(Home home) {
        return loads.getOrDefault(home, 0);
    }

    void seat(int shard, Home home) {
        if (seats.get(shard).add(home)) {
            loads.merge(home, 1, Integer::sum);
        }
    }

    void unseat(int shard, Home home) {
        if (seats.get(shard).remove(home)) {
            loads.merge(home, -1, Integer::sum);
        }
    }

    /** Who wants the shard most, of those furthest from its other replicas; null if all have it. */
    @Nullable Home keenest(int shard) {
        return choose(shard, Comparator.comparingInt(home -> 0));
    }

    /** Who has least, of those furthest from the shard's other replicas; null if all have it. */
    @Nullable Home idlest(int shard) {
        return choose(shard, Comparator.comparingInt(this::load));
    }

    private @Nullable Home choose(int shard, Comparator<Home> then) {
        return takers.stream()
                .filter(home -> !seats.get(shard).contains(home))
                .min(
                        Comparator.<Home>comparingInt(home -> inZone(shard, home))
                                .thenComparing(then)
                                .thenComparingLong(home -> ~score(shard, home)))
                .orElse(null);
    }

    /** Who is least missed, of those that may go: it shares its zone, and has most. */
    @Nullable Home mostDispensable(int shard, Comparator<Home> first) {
        return seats.get(shard).stream()
                .max(
                        first.thenComparingInt(home -> inZone(shard, home))
                                .thenComparingInt(this::load)
                                .thenComparingLong(home -> ~score(shard, home)))
                .orElse(null);
    }

    /**
     * Moves one replica to a zone with fewer of its shard, and returns how; null if none is there.
     *
     * @param movable the shards that may be changed
     */
    @Nullable Move spread(IntPredicate movable) {
        for (int shard = 0; shard < seats.size(); shard++) {
            if (!movable.test(shard)) {
                continue;
            }
            Home from = mostDispensable(shard, Comparator.comparingInt(home -> 0));
            Home to = idlest(shard);
            if (from != null && to != null && inZone(shard, to) + 1 < inZone(shard, from)) {
                return move(shard, from, to);
            }
        }
        return null;
    }

    /**
     * Moves one replica so that the takers' loads get more even, and returns how; null once they
     * are as even as the zones allow.
     *
     * @param movable the shards that may be changed
     */
    @Nullable Move even(IntPredicate movable) {
        Evening.Step<Home> step =
                Evening.next(takers, this::load, (from, to) -> shardFor(from, to, movable) != null);
        if (step == null) {
            return null;
        }
        Integer shard = shardFor(step.from(), step.to(), movable);
        return shard == null ? null : move(shard, step.from(), step.to());
    }

    private Move move(int shard, Home from, Home to) {
        unseat(shard, from);
        seat(shard, to);
        return new Move(shard, from, to);
    }

    /** What the one can give to the other: of all shards, the one that it wants most. */
    private @Nullable Integer shardFor(Home from, Home to, IntPredicate movable) {
        Integer best = null;
        for (int shard = 0; shard < seats.size(); shard++) {
            Set<Home> seated = seats.get(shard);
            boolean moves =
                    seated.contains(from)
                            && !seated.contains(to)
                            && movable.test(shard)
                            && staysSpread(shard, from, to);
            if (moves && (best == null || score(shard, to) > score(best, to))) {
                best = shard;
            }
        }
        return best;
    }

    private boolean staysSpread(int shard, Home from, Home to) {
        return from.zone().equals(to.zone()) || inZone(shard, to) + 1 <= inZone(shard, from);
    }

    /** Replicas of the shard in the home's zone. */
    private int inZone(int shard, Home home) {
        int count = 0;
        for (Home each : seats.get(shard)) {
            count += each.zone().equals(home.zone()) ? 1 : 0;
        }
        return count;
    }

    private long score(int shard, Home home) {
        return wishes.computeIfAbsent(home, h -> new Rendezvous(h.node())).score(shard);
    }
}
