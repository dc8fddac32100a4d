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
 * Decides which leadership moves next, so that fit nodes lead equally many shards, to within one as
 * far as the followers allow, and nodes that are not fit lead none.
 *
 * <p>The same view gives the same step everywhere. So every node may ask, and only the one that the
 * step is {@link Transfer#from} carries it out; no node coordinates. Two nodes with different views
 * move one leadership too many at worst. One thread.
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
     * @param shards what is known of all shards
     * @param fit the nodes that may lead: connected, and neither draining nor lagging nor with a
     *     slow disk
     */
    public @Nullable Transfer next(long nowMillis, Collection<Ownership> shards, Set<NodeId> fit) {
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
        Transfer relief = relieve(movable, loads, fit);
        if (relief != null) {
            return relief;
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
        return settled ? transfer(movable, step.from(), step.to()) : null;
    }

    /** A transfer of this node has ended, whether or not the leadership moved. */
    public void ended(Transfer transfer, long nowMillis) {
        pausedUntilMillis = nowMillis + settings.pauseMillis();
        resting.put(transfer.shard(), nowMillis + settings.restMillis());
    }

    /** Takes a leadership from a node that should have none; to who leads least. */
    private static @Nullable Transfer relieve(
            List<Ownership> movable, Map<NodeId, Integer> loads, Set<NodeId> fit) {
        for (Ownership each : movable) {
            NodeId leader = each.leader();
            if (leader == null || fit.contains(leader)) {
                continue;
            }
            NodeId to =
                    fit.stream()
                            .filter(each::isFollowing)
                            .min(
                                    Comparator.<NodeId>comparingInt(
                                                    node -> loads.getOrDefault(node, 0))
                                            .thenComparing(Comparator.naturalOrder()))
                            .orElse(null);
            if (to != null) {
                return new Transfer(each.shard(), each.epoch(), leader, to);
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
