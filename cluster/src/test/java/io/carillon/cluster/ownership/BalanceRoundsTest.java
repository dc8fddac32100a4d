package io.carillon.cluster.ownership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.Voter;
import io.carillon.loop.ManualClock;
import io.carillon.loop.ManualLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Three nodes that all look for themselves, and hear late of what the others did. */
class BalanceRoundsTest {
    private static final Set<NodeId> ALL = Set.of(Cases.node(0), Cases.node(1), Cases.node(2));
    private static final int SHARDS = 16;

    private final ManualClock clock = new ManualClock(0);
    private final ManualLoop loop = new ManualLoop("cluster", clock);
    private final List<Leaders> views = new ArrayList<>();
    private final List<BalanceRounds> rounds = new ArrayList<>();
    private int transfers;

    @ParameterizedTest
    @MethodSource("io.carillon.cluster.ownership.Cases#seeds")
    void nodesThatHearLateAgreeAllTheSame(long seed) {
        var random = Cases.random(seed);
        for (int i = 0; i < 3; i++) {
            Leaders leaders = new Leaders(loop, SHARDS);
            views.add(leaders);
            start(i, transfer -> carryOut(transfer, random.nextInt(800)));
        }
        run(
                () -> {
                    for (int shard = 0; shard < SHARDS; shard++) {
                        Ownership led = Cases.led(shard, 1, 0, 0, 1, 2);
                        views.forEach(view -> view.learn(led));
                    }
                });
        loop.advanceMillis(120_000);
        Map<NodeId, Integer> counts = new HashMap<>();
        views.getFirst().all().forEach(each -> counts.merge(each.leader(), 1, Integer::sum));
        counts.values().forEach(count -> assertTrue(count == 5 || count == 6, counts::toString));
        assertEquals(10, transfers);
        assertEquals(0, loop.failures());
    }

    @Test
    void whatFailsIsNotTriedAgainAtOnce() {
        views.add(new Leaders(loop, SHARDS));
        start(
                0,
                transfer -> {
                    transfers++;
                    return CompletableFuture.failedFuture(new IllegalStateException("busy"));
                });
        run(
                () -> {
                    views.getFirst().learn(Cases.led(0, 1, 0, 0, 1, 2));
                    views.getFirst().learn(Cases.led(1, 1, 0, 0, 1, 2));
                });
        loop.advanceMillis(30_000);
        assertEquals(2, transfers);
        run(() -> rounds.getFirst().stop());
        loop.advanceMillis(120_000);
        assertEquals(2, transfers);
    }

    private void start(int node, Transfers how) {
        BalanceRounds started =
                new BalanceRounds(
                        Cases.node(node),
                        new LeaderBalance(LeaderBalanceSettings.DEFAULT),
                        views.get(node),
                        () -> ALL,
                        how,
                        loop,
                        clock);
        rounds.add(started);
        run(started::start);
    }

    /** The new leader leads after a while; each node hears of it after some more. */
    private CompletionStage<Void> carryOut(Transfer transfer, long tookMillis) {
        transfers++;
        CompletableFuture<Void> result = new CompletableFuture<>();
        List<Voter> voters = Cases.voters(0, 1, 2);
        Epoch epoch = new Epoch(1, transfer.fence().term() + 1);
        Ownership led = Cases.led(transfer.shard().number(), epoch, transfer.to(), voters);
        loop.schedule(tookMillis, () -> result.complete(null));
        for (int i = 0; i < views.size(); i++) {
            Leaders view = views.get(i);
            loop.schedule(tookMillis + 300L * i, () -> view.learn(led));
        }
        return result;
    }

    private void run(Runnable task) {
        loop.execute(task);
        loop.runUntilIdle();
    }
}
