package io.carillon.cluster.ownership;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.Voter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides which shards get which other voters, few at a time: first where a voter is gone for good,
 * leaves, or is missing; then, with nothing left to repair, for zones and for even loads. A node
 * that is merely away keeps its seats: only people and replaced disks take them.
 *
 * <p>Without state: what runs is said by the caller, and what was half done when a node died is
 * planned again. Whoever carries a plan out is fenced by the generation, so that two planners with
 * different views can only ask in vain. Any thread.
 */
public final class Reseat {
    private final ReseatSettings settings;

    public Reseat(ReseatSettings settings) {
        this.settings = settings;
    }

    /**
     * The moves to begin now.
     *
     * @param shards what is known of all shards
     * @param homes all nodes that hold or may take replicas; one that is not named is away
     * @param running moves that were begun and have not ended
     */
    public ReseatPlan plan(
            Collection<Ownership> shards,
            Collection<HomeState> homes,
            Collection<Reseating> running) {
        return new Planning(settings, shards, homes, running).plan();
    }

    /** One plan in the making. */
    private static final class Planning {
        private final ReseatSettings settings;
        private final List<Ownership> shards;
        private final Map<NodeId, HomeState> homes = new HashMap<>();
        private final Map<ShardId, Reseating> running = new HashMap<>();
        private final Set<NodeId> staying = new HashSet<>();
        private final Seating seating;

        private final List<Reseating> begin = new ArrayList<>();
        private final SortedMap<ShardId, String> blocked =
                new TreeMap<>(Comparator.comparingInt(ShardId::number));

        Planning(
                ReseatSettings settings,
                Collection<Ownership> shards,
                Collection<HomeState> homes,
                Collection<Reseating> running) {
            this.settings = settings;
            this.shards =
                    shards.stream()
                            .sorted(Comparator.comparingInt(each -> each.shard().number()))
                            .toList();
            homes.forEach(each -> this.homes.put(each.home().node(), each));
            running.forEach(each -> this.running.put(each.shard(), each));
            this.seating =
                    new Seating(
                            shards.size(),
                            homes.stream().filter(HomeState::takes).map(HomeState::home).toList());
        }

        ReseatPlan plan() {
            seat();
            List<Integer> repairs = repairs();
            repairs.forEach(this::repair);
            int later = Math.max(0, repairs.size() - begin.size() - blocked.size());
            if (repairs.isEmpty()) {
                improve();
            }
            return new ReseatPlan(List.copyOf(begin), later, blocked);
        }

        /** As it will be when what runs has ended, without those who don't stay. */
        private void seat() {
            for (HomeState each : homes.values()) {
                if (each.intent() == HomeState.Intent.STAYS) {
                    staying.add(each.home().node());
                }
            }
            for (int i = 0; i < shards.size(); i++) {
                Reseating move = running.get(shards.get(i).shard());
                for (Voter voter : move == null ? shards.get(i).voters() : move.to()) {
                    if (!homes.containsKey(voter.node())) {
                        staying.add(voter.node());
                    }
                    if (stays(voter)) {
                        seating.seat(i, home(voter));
                    }
                }
            }
        }

        /** The shards that don't have the voters they should, the most endangered first. */
        private List<Integer> repairs() {
            int wanted = ShardMap.voterCount(Math.max(1, staying.size()), settings.replicas());
            List<Integer> repairs = new ArrayList<>();
            for (int i = 0; i < shards.size(); i++) {
                Ownership shard = shards.get(i);
                boolean asWanted =
                        seating.size(i) == wanted && shard.voters().stream().allMatch(this::stays);
                if (!asWanted && !running.containsKey(shard.shard())) {
                    repairs.add(i);
                }
            }
            repairs.sort(Comparator.comparingLong(i -> reachable(shards.get(i))));
            return repairs;
        }

        private void repair(int index) {
            Ownership shard = shards.get(index);
            int wanted = ShardMap.voterCount(Math.max(1, staying.size()), settings.replicas());
            while (seating.size(index) > wanted) {
                Home home = seating.mostDispensable(index, Comparator.comparing(this::isAway));
                if (home == null) {
                    break;
                }
                seating.unseat(index, home);
            }
            while (seating.size(index) < wanted) {
                Home home = seating.idlest(index);
                if (home == null) {
                    blocked.put(shard.shard(), "it waits for a node that is away");
                    return;
                }
                seating.seat(index, home);
            }
            begin(index, "voters are missing, leave or are gone");
        }

        /** Zones, then loads; where all voters are there, so that nothing is at risk meanwhile. */
        private void improve() {
            Set<Integer> begun = new TreeSet<>();
            while (running.size() + begin.size() < settings.movesMax()) {
                Seating.@Nullable Move move = seating.spread(i -> mayImprove(i, begun));
                String reason = "to spread over zones";
                if (move == null) {
                    move = seating.even(i -> mayImprove(i, begun));
                    reason = "to even out loads";
                }
                if (move == null) {
                    return;
                }
                begun.add(move.shard());
                begin(move.shard(), reason);
            }
        }

        private boolean mayImprove(int index, Set<Integer> begun) {
            Ownership shard = shards.get(index);
            return !running.containsKey(shard.shard())
                    && !begun.contains(index)
                    && shard.leader() != null
                    && reachable(shard) == shard.voters().size();
        }

        private void begin(int index, String reason) {
            Ownership shard = shards.get(index);
            int majority = shard.voters().size() / 2 + 1;
            if (reachable(shard) < majority) {
                blocked.put(
                        shard.shard(),
                        "a majority of its voters is not there: "
                                + shard.voters()
                                + "; bring them back, or recover by hand if they are gone for good");
            } else if (running.size() + begin.size() < settings.movesMax()) {
                begin.add(
                        new Reseating(
                                shard.shard(),
                                shard.epoch().generation(),
                                shard.voters(),
                                seating.voters(index),
                                settings.bytesPerSecondEach(),
                                reason));
            }
        }

        /** Whether the voter is to keep its seat: not with another disk in its node. */
        private boolean stays(Voter voter) {
            HomeState state = homes.get(voter.node());
            return state == null
                    || (state.intent() == HomeState.Intent.STAYS
                            && state.home().voter().equals(voter));
        }

        private long reachable(Ownership shard) {
            return shard.voters().stream()
                    .map(voter -> homes.get(voter.node()))
                    .filter(state -> state != null && state.reachable())
                    .filter(state -> shard.voters().contains(state.home().voter()))
                    .filter(state -> state.intent() != HomeState.Intent.GONE)
                    .count();
        }

        private Home home(Voter voter) {
            HomeState state = homes.get(voter.node());
            return state == null ? new Home(voter, "") : state.home();
        }

        private boolean isAway(Home home) {
            HomeState state = homes.get(home.node());
            return state == null || !state.reachable();
        }
    }
}
