package io.carillon.cluster.ownership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.cluster.DiskId;
import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.Voter;
import io.carillon.cluster.ownership.HomeState.Intent;
import io.carillon.loop.ManualClock;
import io.carillon.loop.ManualLoop;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nodes that all plan for themselves, hear late of what the others did, and fill slowly. */
class ReseatRoundsTest {
    private static final int SHARDS = 16;
    private static final int MOVES_MAX = 4;

    private final ManualClock clock = new ManualClock(0);
    private final ManualLoop loop = new ManualLoop("cluster", clock);
    private final Map<NodeId, HomeState> homes = new TreeMap<>();
    private final List<Leaders> views = new ArrayList<>();
    private final Set<Integer> filling = new HashSet<>();
    private int mostFilling;
    private int moves;

    @ParameterizedTest
    @MethodSource("io.carillon.cluster.ownership.Cases#seeds")
    void threeBecomeFiveAndThreeAgain(long seed) {
        RandomGenerator random = Cases.random(seed);
        begin(5, random);
        List<Ownership> first =
                Cases.led(ShardMap.place(SHARDS, 3, Cases.homes(3)), Cases.random(seed));
        run(() -> views.forEach(view -> first.forEach(view::learn)));
        for (int i = 0; i < 3; i++) {
            stays(i);
        }
        loop.advanceMillis(20_000);
        assertEquals(0, moves);

        stays(3);
        stays(4);
        loop.advanceMillis(120_000);
        Map<NodeId, Integer> loads = loads();
        assertTrue(Cases.unevenness(Cases.homes(5), loads) <= 1, loads::toString);
        assertTrue(moves <= 24, () -> moves + " moves"); // 19 replicas have to, at least

        homes.replaceAll((node, state) -> isLate(node) ? leaving(state) : state);
        loop.advanceMillis(120_000);
        assertEquals(
                Cases.homes(3).stream().map(Home::node).toList(), List.copyOf(loads().keySet()));
        assertTrue(mostFilling <= MOVES_MAX + 1, () -> mostFilling + " at a time");
        assertEquals(0, loop.failures());
    }

    @Test
    void aReplacedDiskTakesTheSeatsOfTheFormerOne() {
        begin(3, Cases.random(1));
        List<Ownership> first =
                Cases.led(ShardMap.place(SHARDS, 3, Cases.homes(3)), Cases.random(1));
        run(() -> views.forEach(view -> first.forEach(view::learn)));
        Voter replaced = new Voter(Cases.node(2), new DiskId(7, 7));
        run(
                () -> {
                    for (Ownership each : first) {
                        Ownership led =
                                Cases.led(
                                        each.shard().number(),
                                        new Epoch(1, 2),
                                        Cases.node(0),
                                        each.voters());
                        views.forEach(view -> view.learn(led));
                    }
                });
        stays(0);
        stays(1);
        homes.put(Cases.node(2), new HomeState(new Home(replaced, ""), true, Intent.STAYS));
        loop.advanceMillis(120_000);
        for (Ownership each : views.getFirst().all()) {
            assertTrue(each.voters().contains(replaced), each::toString);
            assertEquals(2, each.epoch().generation());
        }
        assertEquals(SHARDS, moves);
    }

    @Test
    void whatFailsRestsAndIsTriedAgain() {
        oneOfThreeIsGone(() -> CompletableFuture.failedFuture(new IllegalStateException("busy")));
        loop.advanceMillis(20_500);
        assertEquals(4, moves);
    }

    @Test
    void whatFailsOnceHasAsLongTheNextTime() {
        oneOfThreeIsGone(
                () ->
                        moves == 1
                                ? CompletableFuture.failedFuture(new IllegalStateException("busy"))
                                : new CompletableFuture<>());
        loop.advanceMillis(60_000); // when the first one would have taken too long
        assertEquals(2, moves);
        loop.advanceMillis(10_000);
        assertEquals(2, moves);
        loop.advanceMillis(10_000);
        assertEquals(3, moves);
    }

    @Test
    void whatDoesNotEndIsPlannedAnew() {
        oneOfThreeIsGone(CompletableFuture::new);
        loop.advanceMillis(60_000);
        assertEquals(1, moves);
        loop.advanceMillis(10_000);
        assertEquals(2, moves);
    }

    @Test
    void nothingIsPlannedBeforeAllIsKnownAndNobodyMoves() {
        views.add(new Leaders(loop, 2));
        run(
                () -> {
                    views.getFirst().learn(Cases.led(0, 1, 0, 0, 1, 2));
                    start(0, 2, move -> carryOut(move, Cases.random(1)));
                });
        stays(0);
        stays(1);
        homes.put(Cases.node(2), new HomeState(Cases.home(2), false, Intent.GONE));
        loop.advanceMillis(30_000);
        assertEquals(0, moves);
        run(() -> views.getFirst().learn(Cases.led(1, 1, 1, 0, 1, 2)));
        homes.clear();
        loop.advanceMillis(30_000);
        assertEquals(0, moves);
    }

    /** One shard, whose leader moves it as the test says. */
    private void oneOfThreeIsGone(Supplier<CompletionStage<Void>> how) {
        views.add(new Leaders(loop, 1));
        run(
                () -> {
                    views.getFirst().learn(Cases.led(0, 1, 0, 0, 1, 2));
                    start(
                            0,
                            1,
                            move -> {
                                moves++;
                                return how.get();
                            });
                });
        stays(0);
        stays(1);
        homes.put(Cases.node(2), new HomeState(Cases.home(2), false, Intent.GONE));
    }

    private void begin(int nodes, RandomGenerator random) {
        for (int i = 0; i < nodes; i++) {
            views.add(new Leaders(loop, SHARDS));
        }
        run(
                () -> {
                    for (int i = 0; i < nodes; i++) {
                        start(i, SHARDS, move -> carryOut(move, random));
                    }
                });
    }

    private void start(int node, int shards, Reseats how) {
        new ReseatRounds(
                        Cases.node(node),
                        new Reseat(new ReseatSettings(3, MOVES_MAX, 1_000)),
                        shards,
                        views.get(node),
                        () -> Set.copyOf(homes.values()),
                        how,
                        loop,
                        clock)
                .start();
    }

    /** A voter that stays leads the next generation; new ones are in sync some time later. */
    private CompletionStage<Void> carryOut(Reseating move, RandomGenerator random) {
        moves++;
        int shard = move.shard().number();
        List<Voter> stay = move.to().stream().filter(move.from()::contains).toList();
        NodeId leader = stay.get(random.nextInt(stay.size())).node();
        Epoch epoch = new Epoch(move.generation() + 1, 1);
        Ownership synced = Cases.led(shard, epoch, leader, move.to());
        Set<NodeId> old = new HashSet<>();
        stay.forEach(voter -> old.add(voter.node()));
        old.remove(leader);
        Ownership begun =
                new Ownership(
                        move.shard(), epoch, Ownership.FIRST_OF_LEADER, leader, move.to(), old);
        Ownership filled =
                new Ownership(
                        move.shard(),
                        epoch,
                        Ownership.FIRST_OF_LEADER + 1,
                        leader,
                        move.to(),
                        synced.inSync());
        filling.add(shard);
        mostFilling = Math.max(mostFilling, filling.size());
        CompletableFuture<Void> result = new CompletableFuture<>();
        long tookMillis = random.nextInt(800);
        long fillMillis = tookMillis + random.nextInt(6_000);
        loop.schedule(tookMillis, () -> result.complete(null));
        for (Leaders view : views) {
            loop.schedule(tookMillis + random.nextInt(300), () -> view.learn(begun));
            loop.schedule(fillMillis + 300 + random.nextInt(300), () -> view.learn(filled));
        }
        loop.schedule(fillMillis + 300, () -> filling.remove(shard));
        return result;
    }

    private Map<NodeId, Integer> loads() {
        return new TreeMap<>(
                Cases.replicas(views.getFirst().all().stream().map(Ownership::voters).toList()));
    }

    private void stays(int node) {
        homes.put(Cases.node(node), new HomeState(Cases.home(node), true, Intent.STAYS));
    }

    private static boolean isLate(NodeId node) {
        return node.equals(Cases.node(3)) || node.equals(Cases.node(4));
    }

    private static HomeState leaving(HomeState state) {
        return new HomeState(state.home(), state.reachable(), Intent.LEAVES);
    }

    private void run(Runnable task) {
        loop.execute(task);
        loop.runUntilIdle();
    }
}
