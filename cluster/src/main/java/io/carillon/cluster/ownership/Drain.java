package io.carillon.cluster.ownership;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.loop.Loop;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands all leaderships of a node that stops to followers that are in sync, some at a time; waits
 * for followers that catch up, and goes on with other ones where a transfer fails. Others must know
 * before that this node is not fit to lead, so that they give it none. Once; on its loop.
 */
public final class Drain {

    /** A transfer that was tried without success. */
    private record Attempt(ShardId shard, NodeId to) {}

    private final NodeId self;
    private final Leaders leaders;
    private final Supplier<Set<NodeId>> fit;
    private final Transfers transfers;
    private final Loop loop;
    private final InstantSource clock;
    private final DrainSettings settings;

    private final Map<ShardId, Transfer> running = new HashMap<>();

    /** What was handed over, which {@link Leaders} need not know yet. */
    private final Map<ShardId, Transfer> handed = new HashMap<>();

    private final List<ShardId> moved = new ArrayList<>();
    private final Map<Attempt, Integer> failures = new HashMap<>();
    private final Map<ShardId, String> reasons = new HashMap<>();
    private final CompletableFuture<DrainReport> done = new CompletableFuture<>();
    private long startMillis;

    /**
     * A drain that is to be started.
     *
     * @param fit the nodes that may lead, asked for on the loop each time
     */
    public Drain(
            NodeId self,
            Leaders leaders,
            Supplier<Set<NodeId>> fit,
            Transfers transfers,
            Loop loop,
            InstantSource clock,
            DrainSettings settings) {
        this.self = self;
        this.leaders = leaders;
        this.fit = fit;
        this.transfers = transfers;
        this.loop = loop;
        this.clock = clock;
        this.settings = settings;
    }

    /** Begins; the result completes on the loop, never exceptionally. */
    public CompletableFuture<DrainReport> start() {
        loop.assertInside();
        startMillis = clock.millis();
        tick();
        return done;
    }

    private void tick() {
        look();
        if (!done.isDone()) {
            loop.schedule(settings.retryMillis(), this::tick);
        }
    }

    private void look() {
        if (done.isDone()) {
            return;
        }
        List<Ownership> led = led();
        for (Ownership each : led) {
            if (running.size() < settings.parallelMax() && !running.containsKey(each.shard())) {
                tryToHandOver(each);
            }
        }
        boolean hopeless = led.stream().allMatch(each -> each.voters().size() == 1);
        boolean late = clock.millis() - startMillis >= settings.millisMax();
        if (late || (running.isEmpty() && hopeless)) {
            done.complete(report(led));
        }
    }

    /** What is left, the least tried first. */
    private List<Ownership> led() {
        return leaders.all().stream()
                .filter(each -> each.isLedBy(self))
                .filter(each -> !isHanded(each))
                .sorted(Comparator.comparingInt(each -> failures(each.shard())))
                .toList();
    }

    private void tryToHandOver(Ownership shard) {
        NodeId to = follower(shard);
        if (to == null) {
            reasons.put(shard.shard(), "none of its other voters is in sync and fit to lead");
            return;
        }
        Transfer transfer = new Transfer(shard.shard(), shard.epoch(), self, to);
        running.put(shard.shard(), transfer);
        reasons.put(shard.shard(), "the transfer to " + to + " had not ended");
        transfers
                .begin(transfer)
                .whenComplete((ok, failure) -> loop.execute(() -> ended(transfer, failure)));
    }

    private void ended(Transfer transfer, @Nullable Throwable failure) {
        running.remove(transfer.shard());
        if (failure == null) {
            handed.put(transfer.shard(), transfer);
            moved.add(transfer.shard());
            look();
        } else { // tried again by the next tick, not at once
            failures.merge(new Attempt(transfer.shard(), transfer.to()), 1, Integer::sum);
            reasons.put(
                    transfer.shard(),
                    "the transfer to " + transfer.to() + " failed: " + message(failure));
        }
    }

    /** Who failed least, and then leads least. */
    private @Nullable NodeId follower(Ownership shard) {
        return fit.get().stream()
                .filter(node -> !node.equals(self) && shard.isFollowing(node))
                .min(
                        Comparator.<NodeId>comparingInt(
                                        node ->
                                                failures.getOrDefault(
                                                        new Attempt(shard.shard(), node), 0))
                                .thenComparingLong(this::load)
                                .thenComparing(Comparator.naturalOrder()))
                .orElse(null);
    }

    private boolean isHanded(Ownership shard) {
        Transfer transfer = handed.get(shard.shard());
        return transfer != null && transfer.fence().equals(shard.epoch());
    }

    /** Shards that the node leads, or will when all this is known. */
    private long load(NodeId node) {
        long load = running.values().stream().filter(each -> each.to().equals(node)).count();
        for (Ownership each : leaders.all()) {
            Transfer transfer = handed.get(each.shard());
            boolean given = isHanded(each) && transfer != null && transfer.to().equals(node);
            load += each.isLedBy(node) || given ? 1 : 0;
        }
        return load;
    }

    private int failures(ShardId shard) {
        return failures.entrySet().stream()
                .filter(each -> each.getKey().shard().equals(shard))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    private DrainReport report(List<Ownership> led) {
        SortedMap<ShardId, String> left = new TreeMap<>(Comparator.comparingInt(ShardId::number));
        for (Ownership each : led) {
            String reason = reasons.get(each.shard());
            left.put(each.shard(), reason == null ? "its turn had not come" : reason);
        }
        return new DrainReport(List.copyOf(moved), left, clock.millis() - startMillis);
    }

    private static String message(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        String message = cause == null ? null : cause.getMessage();
        return message == null ? failure.toString() : message;
    }
}
