package io.carillon.cluster.ownership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.cluster.DiskId;
import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.Voter;
import io.carillon.cluster.ownership.HomeState.Intent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReseatTest {
    private static final ReseatSettings SETTINGS = new ReseatSettings(3, 2, 1_000);

    private final Reseat reseat = new Reseat(SETTINGS);
    private final Map<NodeId, HomeState> homes = new TreeMap<>();
    private List<Ownership> shards = new ArrayList<>();
    private int replicasMoved;

    @Test
    void whatIsAsItShouldBeStays() {
        found(16, 5);
        assertTrue(plan().isSettled());
    }

    /** A new node gets its share, each replica of it once, and nothing else moves. */
    @Test
    void scaleOutMovesNoMoreThanTheShareOfTheNewNode() {
        found(16, 3);
        put(Cases.home(3), true, Intent.STAYS);
        settle();
        assertEquals(12, replicasMoved);
        assertEquals(12, replicas(3));
        put(Cases.home(4), true, Intent.STAYS);
        settle();
        assertEquals(12 + 9, replicasMoved);
        assertTrue(unevenness() <= 1);
    }

    @Test
    void scaleInMovesNoMoreThanWhatTheNodeHas() {
        found(16, 5);
        int had = replicas(4);
        put(Cases.home(4), true, Intent.LEAVES);
        settle();
        assertEquals(had, replicasMoved);
        assertEquals(0, replicas(4));
        assertTrue(unevenness() <= 1);
    }

    @Test
    void aNodeThatIsAwayKeepsItsSeats() {
        found(16, 4);
        put(Cases.home(1), false, Intent.STAYS);
        assertTrue(plan().isSettled());
        homes.remove(Cases.node(1)); // not even named
        assertTrue(plan().isSettled());
    }

    @Test
    void nothingIsEvenedOutOverANodeThatIsAway() {
        found(16, 3);
        put(Cases.home(1), false, Intent.STAYS);
        put(Cases.home(3), true, Intent.STAYS);
        assertTrue(plan().isSettled());
        put(Cases.home(1), true, Intent.STAYS);
        assertFalse(plan().isSettled());
    }

    @Test
    void aNodeThatIsGoneIsReplaced() {
        found(16, 4);
        int had = replicas(2);
        put(Cases.home(2), false, Intent.GONE);
        settle();
        assertEquals(0, replicas(2));
        assertEquals(had, replicasMoved);
        shards.forEach(each -> assertEquals(3, each.voters().size()));
        assertTrue(unevenness() <= 1);
    }

    @Test
    void aNodeWithAnotherDiskIsFilledAgain() {
        found(16, 3);
        Home replaced = new Home(new Voter(Cases.node(1), new DiskId(9, 9)), "");
        put(replaced, true, Intent.STAYS);
        settle();
        for (Ownership each : shards) {
            assertTrue(each.voters().contains(replaced.voter()), each::toString);
            assertEquals(3, each.voters().size());
        }
        assertEquals(16, replicasMoved);
    }

    @Test
    void clustersGrowFromOneNodeAndShrinkToOne() {
        found(8, 1);
        put(Cases.home(1), true, Intent.STAYS);
        settle();
        shards.forEach(each -> assertEquals(2, each.voters().size()));
        put(Cases.home(2), true, Intent.STAYS);
        settle();
        shards.forEach(each -> assertEquals(3, each.voters().size()));
        put(Cases.home(0), true, Intent.LEAVES);
        put(Cases.home(2), true, Intent.LEAVES);
        settle();
        shards.forEach(each -> assertEquals(Cases.voters(1), each.voters()));
    }

    @Test
    void withoutAMajorityNothingMovesAndItIsSaid() {
        found(2, 3);
        put(Cases.home(0), false, Intent.GONE);
        put(Cases.home(1), false, Intent.GONE);
        put(Cases.home(3), true, Intent.STAYS);
        put(Cases.home(4), true, Intent.STAYS);
        ReseatPlan plan = plan();
        assertEquals(List.of(), plan.begin());
        assertEquals(2, plan.blocked().size());
        assertTrue(plan.blocked().get(new ShardId(0)).contains("majority"));
    }

    @Test
    void aRepairWaitsForANodeThatIsAway() {
        found(4, 4);
        put(Cases.home(3), false, Intent.STAYS);
        put(Cases.home(0), false, Intent.GONE);
        ReseatPlan plan = plan();
        shards.stream()
                .filter(each -> each.isHeldBy(Cases.node(0)) && !each.isHeldBy(Cases.node(3)))
                .forEach(each -> assertTrue(plan.blocked().get(each.shard()).contains("away")));
    }

    @Test
    void fewMoveAtATimeWithinTheBandwidth() {
        found(16, 3);
        put(Cases.home(3), true, Intent.STAYS);
        ReseatPlan plan = plan();
        assertEquals(2, plan.begin().size());
        assertEquals(1_000, plan.begin().stream().mapToLong(Reseating::bytesPerSecond).sum());
        ReseatPlan more = reseat.plan(shards, homes.values(), plan.begin());
        assertEquals(List.of(), more.begin());
        ReseatPlan one = reseat.plan(shards, homes.values(), plan.begin().subList(0, 1));
        assertEquals(1, one.begin().size());
        assertFalse(one.begin().getFirst().shard().equals(plan.begin().getFirst().shard()));
    }

    @Test
    void repairsComeBeforeEvenness() {
        found(16, 4);
        put(Cases.home(4), true, Intent.STAYS);
        put(Cases.home(0), false, Intent.GONE);
        for (Reseating each : plan().begin()) {
            assertTrue(each.from().contains(Cases.home(0).voter()), each::toString);
        }
        assertTrue(plan().later() > 0);
    }

    @Test
    void aNewZoneIsMadeUseOf() {
        for (int i = 0; i < 4; i++) {
            put(Cases.home(i, "zone-" + i % 2), true, Intent.STAYS);
        }
        place(8);
        put(Cases.home(4, "zone-2"), true, Intent.STAYS);
        settle();
        for (Ownership each : shards) {
            Set<String> zones = new HashSet<>();
            each.voters().forEach(voter -> zones.add(homes.get(voter.node()).home().zone()));
            assertEquals(3, zones.size(), each::toString);
        }
    }

    /** Whatever comes and goes, in the end all is even again, and no shard lost a majority. */
    @ParameterizedTest
    @MethodSource("io.carillon.cluster.ownership.Cases#seeds")
    void settlesWhateverComesAndGoes(long seed) {
        RandomGenerator random = Cases.random(seed);
        found(1 + random.nextInt(32), 3 + random.nextInt(3));
        int next = homes.size();
        for (int i = 0; i < 12; i++) {
            List<HomeState> staying = homes.values().stream().filter(HomeState::takes).toList();
            HomeState any = staying.get(random.nextInt(staying.size()));
            switch (random.nextInt(4)) {
                case 0 -> put(Cases.home(next++), true, Intent.STAYS);
                case 1 -> {
                    if (staying.size() > 3) {
                        put(any.home(), true, Intent.LEAVES);
                    }
                }
                case 2 -> {
                    if (staying.size() > 3) {
                        put(any.home(), false, Intent.GONE);
                    }
                }
                default -> {
                    DiskId disk = new DiskId(i + 1, random.nextLong());
                    put(new Home(new Voter(any.home().node(), disk), ""), true, Intent.STAYS);
                }
            }
            settle();
            assertTrue(unevenness() <= 1, () -> shards.toString());
            for (Ownership each : shards) {
                assertEquals(3, each.voters().size());
                each.voters()
                        .forEach(
                                voter -> {
                                    HomeState state = homes.get(voter.node());
                                    assertTrue(state.takes());
                                    assertEquals(voter, state.home().voter());
                                });
            }
        }
    }

    private void found(int count, int nodes) {
        Cases.homes(nodes).forEach(home -> put(home, true, Intent.STAYS));
        place(count);
    }

    private void place(int count) {
        List<Home> all = homes.values().stream().map(HomeState::home).toList();
        shards = Cases.led(ShardMap.place(count, 3, all), Cases.random(1));
    }

    private void put(Home home, boolean reachable, Intent intent) {
        homes.put(home.node(), new HomeState(home, reachable, intent));
    }

    private ReseatPlan plan() {
        return reseat.plan(shards, homes.values(), List.of());
    }

    /** Carries out what is planned until nothing is. */
    private void settle() {
        for (int rounds = 0; ; rounds++) {
            ReseatPlan plan = plan();
            if (plan.begin().isEmpty()) {
                assertTrue(plan.isSettled(), plan::toString);
                return;
            }
            assertTrue(rounds < 4 * shards.size() + 10, "comes to no rest");
            assertTrue(plan.begin().size() <= SETTINGS.movesMax());
            plan.begin().forEach(this::carryOut);
        }
    }

    private void carryOut(Reseating move) {
        Ownership before = shards.get(move.shard().number());
        assertEquals(before.epoch().generation(), move.generation());
        assertEquals(before.voters(), move.from());
        assertFalse(move.to().equals(move.from()));
        long there =
                move.from().stream()
                        .filter(voter -> homes.get(voter.node()).reachable())
                        .filter(voter -> homes.get(voter.node()).home().voter().equals(voter))
                        .count();
        assertTrue(there > move.from().size() / 2, move::toString);
        replicasMoved += (int) move.to().stream().filter(v -> !move.from().contains(v)).count();
        Epoch epoch = new Epoch(move.generation() + 1, 1);
        shards.set(
                move.shard().number(),
                Cases.led(move.shard().number(), epoch, move.to().getFirst().node(), move.to()));
    }

    private int replicas(int node) {
        return (int) shards.stream().filter(each -> each.isHeldBy(Cases.node(node))).count();
    }

    private int unevenness() {
        List<Home> takers =
                homes.values().stream().filter(HomeState::takes).map(HomeState::home).toList();
        return Cases.unevenness(
                takers, Cases.replicas(shards.stream().map(Ownership::voters).toList()));
    }
}
