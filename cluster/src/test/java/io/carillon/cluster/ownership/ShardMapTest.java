package io.carillon.cluster.ownership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.cluster.ShardId;
import io.carillon.cluster.Voter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ShardMapTest {

    @ParameterizedTest
    @MethodSource("io.carillon.cluster.ownership.Cases#seeds")
    void isEvenWithoutZones(long seed) {
        RandomGenerator random = Cases.random(seed);
        List<Home> homes = Cases.homes(1 + random.nextInt(12));
        int shards = 1 + random.nextInt(100);
        int replicas = 1 + random.nextInt(5);
        ShardMap map = ShardMap.place(shards, replicas, homes);
        assertEquals(shards, map.shards());
        int count = ShardMap.voterCount(homes.size(), replicas);
        for (List<Voter> voters : map.voters()) {
            assertEquals(count, new HashSet<>(voters).size());
            assertEquals(count, voters.size());
        }
        assertTrue(Cases.unevenness(homes, Cases.replicas(map.voters())) <= 1, map::toString);
    }

    @ParameterizedTest
    @MethodSource("io.carillon.cluster.ownership.Cases#seeds")
    void dependsOnNamesOnly(long seed) {
        List<Home> homes = new ArrayList<>(Cases.homes(7, 3));
        ShardMap map = ShardMap.place(16, 3, homes);
        Collections.shuffle(homes, new Random(seed));
        assertEquals(map, ShardMap.place(16, 3, homes));
    }

    @ParameterizedTest
    @MethodSource("io.carillon.cluster.ownership.Cases#seeds")
    void spreadsOverZonesAsFarAsThereAre(long seed) {
        RandomGenerator random = Cases.random(seed);
        int zones = 1 + random.nextInt(5);
        List<Home> homes = new ArrayList<>();
        int nodes = zones + random.nextInt(8);
        for (int i = 0; i < nodes; i++) {
            int zone = i < zones ? i : random.nextInt(zones);
            homes.add(Cases.home(i, "zone-" + zone));
        }
        int replicas = 1 + random.nextInt(5);
        ShardMap map = ShardMap.place(1 + random.nextInt(64), replicas, homes);
        Map<String, List<Home>> byZone = homes.stream().collect(Collectors.groupingBy(Home::zone));
        for (List<Voter> voters : map.voters()) {
            assertEquals(mostEven(byZone, voters.size()), zoneCounts(homes, voters));
        }
        byZone.values()
                .forEach(
                        zone ->
                                assertTrue(
                                        Cases.unevenness(zone, Cases.replicas(map.voters())) <= 1,
                                        () -> zone + " in " + map));
    }

    /** Equal zones don't cost evenness. */
    @ParameterizedTest
    @CsvSource({"16, 3, 3, 3", "16, 3, 6, 3", "16, 3, 9, 3", "64, 3, 6, 2", "32, 2, 8, 4"})
    void isEvenOverEqualZones(int shards, int replicas, int nodes, int zones) {
        List<Home> homes = Cases.homes(nodes, zones);
        ShardMap map = ShardMap.place(shards, replicas, homes);
        assertTrue(Cases.unevenness(homes, Cases.replicas(map.voters())) <= 1, map::toString);
    }

    /** What stands on disks of founded clusters is drawn the same by every release. */
    @Test
    void isFixedForEver() {
        ShardMap map = ShardMap.place(4, 3, Cases.homes(5));
        assertEquals(
                "node-0 node-2 node-4, node-1 node-2 node-3, node-1 node-2 node-4,"
                        + " node-0 node-3 node-4",
                map.voters().stream()
                        .map(
                                voters ->
                                        voters.stream()
                                                .map(voter -> voter.node().name())
                                                .collect(Collectors.joining(" ")))
                        .collect(Collectors.joining(", ")));
    }

    @Test
    void theNumberOfVotersIsOddBeyondThree() {
        assertEquals(1, ShardMap.voterCount(1, 3));
        assertEquals(2, ShardMap.voterCount(2, 3));
        assertEquals(3, ShardMap.voterCount(3, 3));
        assertEquals(3, ShardMap.voterCount(4, 4));
        assertEquals(3, ShardMap.voterCount(4, 5));
        assertEquals(5, ShardMap.voterCount(6, 5));
        assertEquals(5, ShardMap.voterCount(9, 6));
    }

    @Test
    void refusesHomesThatAreNone() {
        assertThrows(IllegalArgumentException.class, () -> ShardMap.place(1, 1, List.of()));
        List<Home> twice = List.of(Cases.home(1), Cases.home(1, "elsewhere"));
        assertThrows(IllegalArgumentException.class, () -> ShardMap.place(1, 1, twice));
    }

    @Test
    void tellsTheVotersOfAShard() {
        ShardMap map = ShardMap.place(2, 1, Cases.homes(1));
        assertEquals(Cases.voters(0), map.voters(new ShardId(1)));
    }

    private static List<Integer> zoneCounts(List<Home> homes, List<Voter> voters) {
        Map<String, Integer> counts = new HashMap<>();
        homes.stream()
                .filter(home -> voters.contains(home.voter()))
                .forEach(home -> counts.merge(home.zone(), 1, Integer::sum));
        return counts.values().stream().sorted().toList();
    }

    /** Seats voters one by one in the emptiest zone that has a free node. */
    private static List<Integer> mostEven(Map<String, List<Home>> byZone, int voters) {
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < voters; i++) {
            byZone.keySet().stream()
                    .filter(zone -> counts.getOrDefault(zone, 0) < byZone.get(zone).size())
                    .min(
                            (a, b) ->
                                    Integer.compare(
                                            counts.getOrDefault(a, 0), counts.getOrDefault(b, 0)))
                    .ifPresent(zone -> counts.merge(zone, 1, Integer::sum));
        }
        return counts.values().stream().sorted().toList();
    }
}
