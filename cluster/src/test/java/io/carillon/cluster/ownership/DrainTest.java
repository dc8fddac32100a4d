package io.carillon.cluster.ownership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.Voter;
import io.carillon.loop.ManualLoop;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class DrainTest {
    private static final NodeId SELF = Cases.node(0);
    private static final DrainSettings SETTINGS = new DrainSettings(10_000, 2, 100);

    private final ManualLoop loop = new ManualLoop("cluster");
    private final Leaders leaders = new Leaders(loop, 16);
    private final Set<NodeId> fit = new HashSet<>(Set.of(Cases.node(1), Cases.node(2)));
    private final Map<Transfer, CompletableFuture<Void>> asked = new LinkedHashMap<>();
    private int mostAtOnce;

    @Test
    void handsAllOverEvenlySomeAtATime() {
        lead(6);
        CompletableFuture<DrainReport> done = start();
        while (!done.isDone()) {
            assertFalse(asked.isEmpty());
            succeed(asked.keySet().iterator().next());
        }
        DrainReport report = done.join();
        assertTrue(report.isComplete());
        assertEquals(6, report.moved().size());
        assertEquals(2, mostAtOnce);
        Map<NodeId, Integer> counts = new HashMap<>();
        leaders.all().forEach(each -> counts.merge(each.leader(), 1, Integer::sum));
        assertEquals(Map.of(Cases.node(1), 3, Cases.node(2), 3), counts);
    }

    @Test
    void aNodeThatLeadsNothingIsDrained() {
        learn(Cases.led(0, 1, 1, 0, 1, 2));
        DrainReport report = start().join();
        assertEquals(List.of(), report.moved());
        assertEquals(0, report.millis());
    }

    @Test
    void goesOnWithAnotherFollowerWhereOneFails() {
        lead(1);
        CompletableFuture<DrainReport> done = start();
        Transfer first = onlyAsked();
        fail(first, "it is busy");
        assertTrue(asked.isEmpty()); // not at once
        loop.advanceMillis(100);
        Transfer second = onlyAsked();
        assertFalse(second.to().equals(first.to()));
        succeed(second);
        assertEquals(List.of(new ShardId(0)), done.join().moved());
    }

    @Test
    void waitsForAFollowerThatCatchesUp() {
        List<Voter> voters = Cases.voters(0, 1, 2);
        Epoch epoch = new Epoch(1, 1);
        learn(new Ownership(new ShardId(0), epoch, 2, SELF, voters, Set.of()));
        CompletableFuture<DrainReport> done = start();
        loop.advanceMillis(5_000);
        assertTrue(asked.isEmpty());
        learn(new Ownership(new ShardId(0), epoch, 3, SELF, voters, Set.of(Cases.node(2))));
        loop.advanceMillis(100);
        succeed(onlyAsked());
        assertTrue(done.join().isComplete());
    }

    @Test
    void asksNobodyWhoIsNotFit() {
        lead(2);
        fit.remove(Cases.node(1));
        start();
        asked.keySet().forEach(each -> assertEquals(Cases.node(2), each.to()));
    }

    @Test
    void endsInTimeAndSaysWhatIsLeft() {
        lead(3);
        fit.clear();
        learn(Cases.led(5, 1, 0, 0, 3));
        fit.add(Cases.node(3));
        CompletableFuture<DrainReport> done = start();
        loop.advanceMillis(9_999);
        assertFalse(done.isDone());
        loop.advanceMillis(101);
        DrainReport report = done.join();
        assertEquals(4, report.left().size());
        assertTrue(report.left().get(new ShardId(0)).contains("none of its other voters"));
        assertTrue(report.left().get(new ShardId(5)).contains("transfer to node-3"));
        assertTrue(report.millis() < 10_200);
    }

    @Test
    void doesNotWaitForShardsThatNobodyElseHolds() {
        learn(Cases.led(0, 1, 0, 0));
        DrainReport report = start().join();
        assertEquals(Set.of(new ShardId(0)), report.left().keySet());
        assertEquals(0, report.millis());
    }

    @Test
    void aShardThatComesBackIsHandedOverAgain() {
        lead(2);
        CompletableFuture<DrainReport> done = start();
        Transfer first = asked.keySet().iterator().next();
        succeed(first);
        learn(Cases.led(first.shard().number(), 9, 0, 0, 1, 2)); // its new leader died
        loop.advanceMillis(100);
        while (!asked.isEmpty()) {
            succeed(asked.keySet().iterator().next());
        }
        assertTrue(done.join().isComplete());
        assertEquals(3, done.join().moved().size());
    }

    /** Leads some shards that the nodes 1 and 2 follow. */
    private void lead(int count) {
        for (int i = 0; i < count; i++) {
            learn(Cases.led(i, 1, 0, 0, 1, 2));
        }
    }

    private CompletableFuture<DrainReport> start() {
        Drain drain =
                new Drain(SELF, leaders, () -> fit, this::begin, loop, loop.clock(), SETTINGS);
        CompletableFuture<DrainReport> done = new CompletableFuture<>();
        loop.execute(() -> drain.start().thenAccept(done::complete));
        loop.runUntilIdle();
        return done;
    }

    private CompletionStage<Void> begin(Transfer transfer) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        asked.put(transfer, result);
        mostAtOnce = Math.max(mostAtOnce, asked.size());
        return result;
    }

    private Transfer onlyAsked() {
        assertEquals(1, asked.size());
        return asked.keySet().iterator().next();
    }

    private void succeed(Transfer transfer) {
        CompletableFuture<Void> result = asked.remove(transfer);
        result.complete(null);
        loop.runUntilIdle();
        Ownership before = leaders.of(transfer.shard());
        Epoch next = new Epoch(1, before.epoch().term() + 1);
        learn(Cases.led(transfer.shard().number(), next, transfer.to(), before.voters()));
    }

    private void fail(Transfer transfer, String reason) {
        asked.remove(transfer).completeExceptionally(new IllegalStateException(reason));
        loop.runUntilIdle();
    }

    private void learn(Ownership ownership) {
        loop.execute(() -> leaders.learn(ownership));
        loop.runUntilIdle();
        assertEquals(0, loop.failures());
    }
}
