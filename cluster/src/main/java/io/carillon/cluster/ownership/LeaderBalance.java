package io.carillon.cluster.ownership;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which leadership a node gives away next, so that fit nodes lead equally many shards, to
 * within one as far as the followers allow, and nodes that are not fit lead none.
 *
 * <p>The same view gives the same next step for the whole cluster on every node, and only the node
 * that gives takes it: nobody coordinates, and it is one at a time. Two nodes with different views
 * move one leadership too many at worst. A node that can't take its step holds up the others, while
 * it counts as fit. One thread.
 */
public final class LeaderBalance {
    private static final long NEVER = Long.MIN_VALUE;

    private final LeaderBalanceSettings settings;

    /** Shards that stay where they are, until a time in milliseconds. */
    private final Map<ShardId, Long> resting = new HashMap<>();

    private long unevenSinceMillis = NEVER;
    private long pausedUntilMillis = NEVER;

    public LeaderBalance(LeaderBalanceSettings settings) {
        this.settings = settings;
    }

    /**
     * The transfer that should begin now, or null. Not to be asked while one of this node runs.
     *
     * @param self the node that asks, which is who gives
     * @param shards what is known of all shards
     * @param fit the nodes that may lead: connected, and neither draining nor lagging nor with a
     *     slow disk
     */
    public @Nullable Transfer next(
            long nowMillis, NodeId self, Collection<Ownership> shards, Set<NodeId> fit) {
        resting.values().removeIf(until -> until <= nowMillis);
        if (nowMillis < pausedUntilMillis) {
            return null;
        }
        List<Ownership> movable =
                shards.stream()
                        .filter(each -> !resting.containsKey(each.shard()))
                        .sorted(Comparator.comparingInt(each -> each.shard().number()))
                        .toList();
        Map<NodeId, Integer> loads = loads(shards);
        if (!fit.contains(self)) {
            return relieve(self, movable, loads, fit);
        }
        List<NodeId> nodes = fit.stream().sorted().toList();
        Evening.Step<NodeId> step =
                Evening.next(
                        nodes,
                        node -> loads.getOrDefault(node, 0),
                        (from, to) -> transfer(movable, from, to) != null);
        if (step == null) {
            unevenSinceMillis = NEVER;
            return null;
        }
        if (unevenSinceMillis == NEVER) {
            unevenSinceMillis = nowMillis;
        }
        boolean settled = nowMillis - unevenSinceMillis >= settings.settleMillis();
        boolean own = step.from().equals(self);
        return settled && own ? transfer(movable, self, step.to()) : null;
    }

    /** A transfer of this node has ended, whether or not the leadership moved. */
    public void ended(Transfer transfer, long nowMillis) {
        pausedUntilMillis = nowMillis + settings.pauseMillis();
        resting.put(transfer.shard(), nowMillis + settings.restMillis());
    }

    /** Whoever is not fit gives away all it has, each to who leads least. */
    private static @Nullable Transfer relieve(
            NodeId self, List<Ownership> movable, Map<NodeId, Integer> loads, Set<NodeId> fit) {
        for (Ownership each : movable) {
            NodeId to =
                    fit.stream()
                            .filter(each::isFollowing)
                            .min(
                                    Comparator.<NodeId>comparingInt(
                                                    node -> loads.getOrDefault(node, 0))
                                            .thenComparing(Comparator.naturalOrder()))
                            .orElse(null);
            if (each.isLedBy(self) && to != null) {
                return new Transfer(each.shard(), each.epoch(), self, to);
            }
        }
        return null;
    }

    private static @Nullable Transfer transfer(List<Ownership> movable, NodeId from, NodeId to) {
        for (Ownership each : movable) {
            if (each.isLedBy(from) && each.isFollowing(to)) {
                return new Transfer(each.shard(), each.epoch(), from, to);
            }
        }
        return null;
    }

    private static Map<NodeId, Integer> loads(Collection<Ownership> shards) {
        Map<NodeId, Integer> loads = new HashMap<>();
        for (Ownership each : shards) {
            NodeId leader = each.leader();
            if (leader != null) {
                loads.merge(leader, 1, Integer::sum);
            }
        }
        return loads;
    }
}
