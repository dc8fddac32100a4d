package io.carillon.cluster.ownership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.Voter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LeaderBalanceTest {
    private static final LeaderBalanceSettings SETTINGS =
            new LeaderBalanceSettings(5_000, 1_000, 30_000);
    private static final Set<NodeId> ALL = Set.of(Cases.node(0), Cases.node(1), Cases.node(2));

    private final LeaderBalance balance = new LeaderBalance(SETTINGS);
    private final List<Ownership> shards = new ArrayList<>();
    private long nowMillis;
    private int transfers;

    /** One leads all: as many transfers as needed, and no more. */
    @Test
    void spreadsLeadersWithAsFewTransfersAsCanBe() {
        for (int i = 0; i < 16; i++) {
            shards.add(Cases.led(i, 1, 0, 0, 1, 2));
        }
        settle(ALL);
        assertEquals(16 - 6, transfers);
        assertEquals(1, unevenness(ALL));
    }

    @ParameterizedTest
    @MethodSource("io.carillon.cluster.ownership.Cases#seeds")
    void spreadsLeadersToWithinOne(long seed) {
        RandomGenerator random = Cases.random(seed);
        int nodes = 3 + random.nextInt(6);
        ShardMap map = ShardMap.place(nodes * (2 + random.nextInt(6)), 3, Cases.homes(nodes));
        shards.addAll(Cases.led(map, random));
        Set<NodeId> fit = new HashSet<>();
        for (int i = 0; i < nodes; i++) {
            fit.add(Cases.node(i));
        }
        settle(fit);
        assertTrue(unevenness(fit) <= 1, () -> leaderCounts().toString());

        NodeId unfit = Cases.node(random.nextInt(nodes));
        fit.remove(unfit);
        settle(fit);
        assertNull(leaderCounts().get(unfit));
        assertTrue(unevenness(fit) <= 1, () -> leaderCounts().toString());
    }

    @Test
    void waitsUntilThingsHaveSettled() {
        unevenPair();
        assertNull(next(ALL));
        nowMillis += 4_999;
        assertNull(next(ALL));
        nowMillis += 1;
        assertNotNull(next(ALL));
    }

    @Test
    void aPassingUnevennessMovesNothing() {
        unevenPair();
        assertNull(next(ALL));
        nowMillis += 4_000;
        assertNull(next(Set.of(Cases.node(0)))); // even, as far as there are nodes
        nowMillis += 4_000;
        assertNull(next(ALL));
    }

    @Test
    void oneMoreIsEvenEnough() {
        shards.add(Cases.led(0, 1, 0, 0, 1));
        assertNull(next(ALL));
        nowMillis += 60_000;
        assertNull(next(ALL));
    }

    @Test
    void followersThatAreNotInSyncGetNone() {
        Epoch epoch = new Epoch(1, 1);
        List<Voter> voters = Cases.voters(0, 1, 2);
        for (int i = 0; i < 4; i++) {
            shards.add(
                    new Ownership(
                            new ShardId(i),
                            epoch,
                            2,
                            Cases.node(0),
                            voters,
                            Set.of(Cases.node(2))));
        }
        settle(ALL);
        assertNull(leaderCounts().get(Cases.node(1)));
        assertEquals(2, leaderCounts().get(Cases.node(2)));
    }

    @Test
    void aNodeThatIsNotFitLosesAllAtOnce() {
        for (int i = 0; i < 3; i++) {
            shards.add(Cases.led(i, 1, 0, 0, 1, 2));
        }
        Set<NodeId> fit = Set.of(Cases.node(1), Cases.node(2));
        Transfer first = next(fit);
        assertNotNull(first); // without waiting
        assertEquals(Cases.node(0), first.from());
        settle(fit);
        assertNull(leaderCounts().get(Cases.node(0)));
    }

    @Test
    void aShardThatWouldNotMoveRests() {
        unevenPair();
        nowMillis += 1;
        next(ALL);
        nowMillis += 5_000;
        Transfer failed = next(ALL);
        assertNotNull(failed);
        balance.ended(failed, nowMillis);
        assertNull(next(ALL)); // pauses
        nowMillis += 1_000;
        Transfer other = next(ALL);
        assertNotNull(other);
        assertNotEquals(failed.shard(), other.shard());
        balance.ended(other, nowMillis);
        nowMillis += 1_000;
        assertNull(next(ALL)); // both rest
        nowMillis += 30_000;
        next(ALL);
        nowMillis += 5_000;
        assertNotNull(next(ALL));
    }

    /** Nodes give on what they have by way of others, where they follow no shard directly. */
    @Test
    void findsWaysByOthers() {
        shards.add(Cases.led(0, 1, 0, 0, 1));
        shards.add(Cases.led(1, 1, 0, 0, 1));
        shards.add(Cases.led(2, 1, 0, 0, 1));
        shards.add(Cases.led(3, 1, 1, 1, 2));
        shards.add(Cases.led(4, 1, 1, 1, 2));
        shards.add(Cases.led(5, 1, 2, 2));
        settle(ALL);
        assertEquals(0, unevenness(ALL));
    }

    private void unevenPair() {
        shards.add(Cases.led(0, 1, 0, 0, 1));
        shards.add(Cases.led(1, 1, 0, 0, 1));
    }

    /** What any of the nodes would do now. */
    private Transfer next(Set<NodeId> fit) {
        for (int i = 0; i < 10; i++) {
            Transfer transfer = balance.next(nowMillis, Cases.node(i), shards, fit);
            if (transfer != null) {
                assertEquals(Cases.node(i), transfer.from());
                return transfer;
            }
        }
        return null;
    }

    /** Carries out what is said until nothing is for a minute. */
    private void settle(Set<NodeId> fit) {
        for (long quietMillis = 0; quietMillis < 60_000; ) {
            Transfer transfer = next(fit);
            if (transfer == null) {
                nowMillis += 1_000;
                quietMillis += 1_000;
                continue;
            }
            quietMillis = 0;
            transfers++;
            assertTrue(transfers < 2 * shards.size(), "comes to no rest");
            int number = transfer.shard().number();
            Ownership before = shards.get(number);
            assertEquals(before.leader(), transfer.from());
            assertTrue(before.isFollowing(transfer.to()) && fit.contains(transfer.to()));
            Set<NodeId> inSync = new HashSet<>(before.inSync());
            inSync.remove(transfer.to());
            inSync.add(transfer.from());
            shards.set(
                    number,
                    new Ownership(
                            before.shard(),
                            new Epoch(1, before.epoch().term() + 1),
                            Ownership.FIRST_OF_LEADER,
                            transfer.to(),
                            before.voters(),
                            inSync));
            balance.ended(transfer, nowMillis);
        }
    }

    private Map<NodeId, Integer> leaderCounts() {
        Map<NodeId, Integer> counts = new HashMap<>();
        shards.forEach(each -> counts.merge(each.leader(), 1, Integer::sum));
        return counts;
    }

    private int unevenness(Set<NodeId> nodes) {
        var stats =
                nodes.stream()
                        .mapToInt(node -> leaderCounts().getOrDefault(node, 0))
                        .summaryStatistics();
        return stats.getMax() - stats.getMin();
    }
}
