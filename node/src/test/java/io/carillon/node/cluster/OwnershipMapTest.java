package io.carillon.node.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.cluster.DiskId;
import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.Voter;
import io.carillon.cluster.ownership.Ownership;
import io.carillon.cluster.ownership.OwnershipBytes;
import io.carillon.loop.ManualClock;
import io.carillon.loop.ManualLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What nodes say of their shards, by way of a map and directly. */
final class OwnershipMapTest {
    private static final NodeId OTHER = new NodeId("n2");

    private final ManualLoop loop = new ManualLoop("cluster", new ManualClock(0));
    private final List<Ownership> sent = new ArrayList<>();
    private final List<Ownership> told = new ArrayList<>();
    private final OwnershipMap view = new OwnershipMap(loop, sent::add);

    @Test
    void whatThisNodeSaysGoesBothWays() {
        Map<String, byte[]> map = new TreeMap<>();
        view.put(led(1, 1));
        loop.execute(() -> view.into(map::put));
        view.put(led(2, 1));
        view.put(led(1, 2));
        loop.runUntilIdle();
        assertEquals(List.of(led(1, 1), led(2, 1), led(1, 2)), sent);
        assertEquals(Set.of("1", "2"), map.keySet());
        assertEquals(led(1, 2), OwnershipBytes.decode(map.get("1")));
    }

    @Test
    void theMapPullsTheLastThatWasSaidOfEachShard() {
        view.put(led(1, 1));
        view.put(led(1, 2));
        loop.runUntilIdle();
        Map<String, Ownership> entries = new TreeMap<>();
        view.entries()
                .forEachRemaining(
                        entry ->
                                entries.put(
                                        entry.getKey(), OwnershipBytes.decode(entry.getValue())));
        assertEquals(Map.of("1", led(1, 2)), entries);
        assertTrue(view.has("1"));
        assertFalse(view.has("2"));
    }

    @Test
    void whatOthersSayIsToldOnceWhicheverWayItComes() {
        view.listen(told::add);
        loop.execute(() -> view.heard(led(1, 2)));
        loop.execute(() -> view.changed(OTHER, bytes(led(1, 2), led(2, 1)), Set.of()));
        loop.execute(() -> view.changed(OTHER, bytes(led(1, 1)), Set.of("3")));
        loop.runUntilIdle();
        assertEquals(List.of(led(1, 2), led(2, 1)), told);
    }

    @Test
    void whoListensLaterHearsTheNewest() {
        loop.execute(() -> view.heard(led(1, 1)));
        loop.execute(() -> view.heard(led(1, 3)));
        view.listen(told::add);
        loop.runUntilIdle();
        assertEquals(List.of(led(1, 3)), told);
    }

    @Test
    void whatCannotBeReadIsLeftOut() {
        view.listen(told::add);
        Map<String, byte[]> entries = new TreeMap<>(bytes(led(2, 1)));
        entries.put("1", new byte[] {99});
        loop.execute(() -> view.changed(OTHER, entries, Set.of()));
        loop.runUntilIdle();
        assertEquals(List.of(led(2, 1)), told);
        assertEquals(0, loop.failures());
    }

    private static Ownership led(int shard, int revision) {
        return new Ownership(
                new ShardId(shard),
                new Epoch(1, 1),
                revision,
                OTHER,
                List.of(new Voter(OTHER, new DiskId(1, 2))),
                Set.of());
    }

    private static Map<String, byte[]> bytes(Ownership... all) {
        Map<String, byte[]> bytes = new TreeMap<>();
        for (Ownership each : all) {
            bytes.put(Integer.toString(each.shard().number()), OwnershipBytes.encode(each));
        }
        return bytes;
    }
}
