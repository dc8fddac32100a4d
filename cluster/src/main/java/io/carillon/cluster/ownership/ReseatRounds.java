package io.carillon.cluster.ownership;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.Voter;
import io.carillon.loop.Loop;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives a node's {@link Reseat}: looks every second, and carries out what concerns shards that
 * this node leads. Every node plans for all shards, from the same view the same; so nobody
 * coordinates, and the limit of moves at a time holds for all nodes together. A move counts until
 * the new voters are in sync. On its loop.
 */
public final class ReseatRounds {
    private static final Logger LOG = LoggerFactory.getLogger(ReseatRounds.class);
    private static final long LOOK_MILLIS = 1_000;

    /** How long nodes must neither have come nor gone, so that all know of it. */
    private static final long SETTLE_MILLIS = 3_000;

    /** How long a shard whose move failed is left alone. */
    private static final long REST_MILLIS = 5_000;

    /** How long a move is waited for; whatever becomes of it then, it is planned anew. */
    private static final long MOVE_MILLIS_MAX = 60_000;

    private final NodeId self;
    private final Reseat reseat;
    private final int shards;
    private final Leaders leaders;
    private final Supplier<Set<HomeState>> homes;
    private final Reseats reseats;
    private final Loop loop;
    private final InstantSource clock;
    private final Map<ShardId, Attempt> running = new HashMap<>();
    private final Map<ShardId, Long> restUntilMillis = new HashMap<>();
    private Set<HomeState> seen = Set.of();
    private long seenSinceMillis;
    private Map<ShardId, String> blocked = Map.of();
    private boolean stopped;

    /**
     * Rounds that are to be started.
     *
     * @param shards how many there are; nothing is planned before something is known of each
     * @param homes where replicas are or may be, asked for on the loop each time; empty while this
     *     node is not to judge
     */
    public ReseatRounds(
            NodeId self,
            Reseat reseat,
            int shards,
            Leaders leaders,
            Supplier<Set<HomeState>> homes,
            Reseats reseats,
            Loop loop,
            InstantSource clock) {
        this.self = self;
        this.reseat = reseat;
        this.shards = shards;
        this.leaders = leaders;
        this.homes = homes;
        this.reseats = reseats;
        this.loop = loop;
        this.clock = clock;
    }

    public void start() {
        loop.assertInside();
        seenSinceMillis = clock.millis();
        look();
    }

    /** Begins no more moves: before a {@link Drain}, say. */
    public void stop() {
        loop.assertInside();
        stopped = true;
    }

    private void look() {
        if (stopped) {
            return;
        }
        loop.schedule(LOOK_MILLIS, this::look);
        long now = clock.millis();
        Set<HomeState> present = homes.get();
        if (!present.equals(seen)) {
            seen = present;
            seenSinceMillis = now;
        }
        List<Ownership> all = leaders.all();
        boolean settled = now - seenSinceMillis >= SETTLE_MILLIS;
        if (settled && !present.isEmpty() && all.size() == shards) {
            carryOut(reseat.plan(all, present, underWay(all, present)), now);
        }
    }

    private void carryOut(ReseatPlan plan, long now) {
        tell(plan.blocked());
        restUntilMillis.values().removeIf(until -> until <= now);
        for (Reseating move : plan.begin()) {
            Ownership shard = leaders.of(move.shard());
            if (shard != null
                    && shard.isLedBy(self)
                    && !restUntilMillis.containsKey(move.shard())) {
                begin(move);
            }
        }
    }

    private void begin(Reseating move) {
        LOG.info(
                "{} gets {} in place of {}: {}",
                move.shard(),
                without(move.to(), move.from()),
                without(move.from(), move.to()),
                move.reason());
        Attempt attempt = new Attempt(move);
        running.put(move.shard(), attempt);
        reseats.begin(move)
                .whenComplete((ok, failure) -> loop.execute(() -> ended(attempt, failure)));
        loop.schedule(
                MOVE_MILLIS_MAX,
                () ->
                        ended(
                                attempt,
                                new IllegalStateException("nothing was heard of it for long")));
    }

    private void ended(Attempt attempt, @Nullable Throwable failure) {
        Reseating move = attempt.move;
        if (!running.remove(move.shard(), attempt)) {
            return; // it has ended before: another one may be under way
        }
        // Also after a success: until the others' view and this one's have the new voters.
        restUntilMillis.put(
                move.shard(), clock.millis() + (failure == null ? LOOK_MILLIS : REST_MILLIS));
        if (failure != null) {
            LOG.info(
                    "{} did not get other voters, it is tried again: {}",
                    move.shard(),
                    failure.getMessage());
        }
    }

    /** What this node carries out, and the shards whose new voters are still being filled. */
    private Collection<Reseating> underWay(List<Ownership> all, Set<HomeState> present) {
        Set<HomeState> staying = new HashSet<>(present);
        staying.removeIf(each -> !each.takes());
        List<Reseating> moves = new ArrayList<>();
        running.values().forEach(attempt -> moves.add(attempt.move));
        for (Ownership shard : all) {
            if (!running.containsKey(shard.shard()) && isBeingFilled(shard, staying)) {
                moves.add(
                        new Reseating(
                                shard.shard(),
                                shard.epoch().generation(),
                                shard.voters(),
                                shard.voters(),
                                0,
                                "voters are not in sync"));
            }
        }
        return moves;
    }

    private static boolean isBeingFilled(Ownership shard, Set<HomeState> staying) {
        NodeId leader = shard.leader();
        return leader != null
                && staying.stream()
                        .map(HomeState::home)
                        .filter(home -> shard.voters().contains(home.voter()))
                        .anyMatch(
                                home ->
                                        !home.node().equals(leader)
                                                && !shard.inSync().contains(home.node()));
    }

    private void tell(Map<ShardId, String> now) {
        now.forEach(
                (shard, reason) -> {
                    if (!reason.equals(blocked.get(shard))) {
                        LOG.warn("{} can't get the voters that it should: {}", shard, reason);
                    }
                });
        blocked = now;
    }

    /** One time that a move is tried; no other one equals it. */
    private static final class Attempt {
        private final Reseating move;

        Attempt(Reseating move) {
            this.move = move;
        }
    }

    private static List<Voter> without(List<Voter> voters, List<Voter> others) {
        return voters.stream().filter(voter -> !others.contains(voter)).toList();
    }
}
