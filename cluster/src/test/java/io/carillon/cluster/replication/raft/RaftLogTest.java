package io.carillon.cluster.replication.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.replication.AppendRefused;
import io.carillon.cluster.replication.SyncPolicy;
import io.carillon.storage.memory.MemoryStore;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Three nodes in one thread; the test says what goes wrong. */
class RaftLogTest {
    private static final int ELECTION_MILLIS = 3_000;

    private final Trio trio = new Trio(3, Trio.settings());

    @Test
    void aRecordIsCommittedOnceAMajorityHasItAndAppliedEverywhere() {
        Trio.Node leader = trio.leader();
        leader.append("a", "b");
        assertEquals(0, leader.committed);
        trio.pass(1);
        assertEquals(List.of("lead", "committed 2"), leader.events);
        trio.pass(500);
        trio.nodes.forEach(node -> assertTrue(node.has("a") && node.has("b"), node.id.name()));
    }

    @Test
    void whatATurnAppendsIsOneEntryAndOneSyncOnEachNode() {
        Trio.Node leader = trio.leader();
        trio.pass(1_000);
        List<Long> before = trio.nodes.stream().map(node -> node.store.syncs()).toList();
        leader.append("a", "b", "c", "d");
        trio.pass(1);
        for (Trio.Node node : trio.nodes) {
            // The entry; nobody waits for what it changes.
            assertEquals(1, node.store.syncs() - before.get(node.number), node.id.name());
        }
        assertEquals(4, leader.committed);
    }

    @Test
    void aLoneRecordCostsEachFollowerAFrameAndItsAnswer() {
        Trio.Node leader = trio.leader();
        trio.pass(1_000);
        int heartbeat = leader.framesOut;
        while (leader.framesOut == heartbeat) {
            trio.pass(1);
        }
        trio.pass(1);
        List<Integer> before = trio.nodes.stream().map(node -> node.framesOut).toList();
        leader.append("a");
        trio.pass(5);
        assertEquals(1, leader.committed);
        for (Trio.Node node : trio.nodes) {
            int frames = node.framesOut - before.get(node.number);
            assertEquals(node.equals(leader) ? 2 : 1, frames, node.id.name());
        }
        // With the next heartbeat the followers hear of the commit, and sync what that changes.
        long syncs = trio.other(leader).store.syncs();
        trio.pass(500);
        assertTrue(trio.other(leader).has("a"));
        assertEquals(1, trio.other(leader).store.syncs() - syncs);
    }

    @Test
    void nothingIsCommittedWithoutAMajorityAndAnotherLeaderTakesOver() {
        Trio.Node first = trio.leader();
        trio.silent.add(first.number);
        first.append("lost");
        trio.pass(ELECTION_MILLIS);
        assertEquals(0, first.committed);
        assertNull(first.epoch);
        assertTrue(first.events.getLast().startsWith("follow"), first.events.toString());
        Trio.Node second = trio.leader();
        assertNotEquals(first, second);
        second.append("kept");
        trio.pass(10);
        trio.silent.clear();
        trio.pass(ELECTION_MILLIS);
        trio.nodes.forEach(node -> assertTrue(node.has("kept") && !node.has("lost")));
    }

    @Test
    void aLeaderReadsWhatItAppendedBeforeItIsCommitted() {
        Trio.Node leader = trio.leader();
        trio.silent.add(leader.number);
        leader.append("a");
        assertTrue(leader.reads("a"));
        assertFalse(leader.has("a"));
        leader.loop.execute(
                () -> {
                    try {
                        leader.log.append(Trio.SHARD, Objects.requireNonNull(leader.epoch), "b");
                    } catch (AppendRefused e) {
                        throw new AssertionError(e);
                    }
                    leader.log.flush(Trio.SHARD);
                });
        assertTrue(leader.reads("b"));
        trio.pass(ELECTION_MILLIS);
        assertFalse(leader.reads("a"));
        trio.silent.clear();
        Trio.Node next = trio.leader();
        next.append("c");
        trio.pass(1);
        assertTrue(next.reads("c") && next.has("c"));
    }

    @Test
    void anOldEpochIsRefused() {
        Trio.Node leader = trio.leader();
        Epoch now = leader.epoch;
        leader.epoch = new Epoch(1, 0);
        leader.append("a");
        assertEquals("refused: NOT_LEADER", leader.events.getLast());
        leader.epoch = now;
        trio.other(leader).append("b");
        assertEquals("refused: NOT_LEADER", trio.other(leader).events.getLast());
    }

    @Test
    void anAnswerWaitsForTheFollowersDisk() {
        Trio.Node leader = trio.leader();
        trio.nodes.forEach(node -> node.diskHangs = !node.equals(leader));
        leader.append("a");
        trio.pass(100);
        assertEquals(0, leader.committed);
        trio.nodes.forEach(node -> node.diskHangs = false);
        trio.pass(300);
        assertEquals(1, leader.committed);
    }

    @Test
    void aLeaderWhoseDiskHangsCommitsWithTheOthersAndThenGivesTheShardAway() {
        Trio.Node leader = trio.leader();
        leader.diskHangs = true;
        leader.append("a");
        trio.pass(100);
        assertEquals(1, leader.committed);
        trio.pass(6_000);
        assertNull(leader.epoch);
        assertNotNull(trio.leader().epoch);
        assertNotEquals(leader, trio.leader());
    }

    @Test
    void aStoreThatFailsStopsThisNodeOnceAndTheOthersGoOn() {
        Trio.Node leader = trio.leader();
        leader.store.failNextSync("bad sector");
        leader.append("a");
        trio.pass(ELECTION_MILLIS);
        assertEquals("follow: the store has failed: bad sector", leader.events.getLast());
        leader.append("b");
        assertEquals("refused: STORE_FAILED", leader.events.getLast());
        leader.up = false;
        Trio.Node next = trio.leader();
        next.append("c");
        trio.pass(10);
        assertTrue(next.committed > 0);
    }

    @Test
    void aRecordThatCantBeAppliedEndsTheLeadershipAndChangesNothing() {
        Trio.Node leader = trio.leader();
        leader.append("a", "half", "b");
        assertTrue(leader.events.contains("refused: NOT_LEADER"), leader.events.toString());
        trio.pass(ELECTION_MILLIS);
        assertTrue(leader.events.stream().anyMatch(event -> event.contains("can't apply half")));
        trio.nodes.forEach(node -> assertFalse(node.has("half")));
        Trio.Node next = trio.leader();
        next.append("c");
        trio.pass(300);
        trio.nodes.forEach(node -> assertTrue(node.has("c")));
    }

    @Test
    void aSpaceThatAFollowersStoreLacksStopsItsReplicaOnly() {
        Trio.Node older = trio.nodes.getLast();
        older.store = new MemoryStore(List.of(RaftLog.SPACE, Trio.SPACE));
        older.restart();
        trio.silent.add(older.number); // it is not to lead
        Trio.Node leader = trio.leader();
        trio.silent.clear();
        leader.append("a", "new");
        trio.pass(1_000);
        assertTrue(
                older.events.getLast().contains("the store was opened without space of-later"),
                older.events.toString());
        assertFalse(older.has("a"));
        assertEquals(0, older.loop.failures());
        trio.leader().append("b");
        trio.pass(1_000);
        trio.nodes.forEach(node -> assertEquals(!node.equals(older), node.has("b")));
    }

    @Test
    void aFollowerThatWasAwayCatchesUpFromTheLog() {
        Trio.Node leader = trio.leader();
        Trio.Node away = trio.other(leader);
        away.up = false;
        for (int i = 0; i < 50; i++) {
            leader.append("r" + i);
            trio.pass(1);
        }
        away.restart();
        trio.pass(1_000);
        assertTrue(away.has("r0") && away.has("r49"));
        assertEquals(0, away.log.installs());
    }

    @Test
    void aFollowerThatMissedTooMuchIsFilledInParts() {
        Trio small = new Trio(3, cutOften());
        Trio.Node leader = small.leader();
        Trio.Node away = small.other(leader);
        leader.append("before");
        small.pass(500);
        away.up = false;
        for (int i = 0; i < 500; i++) {
            leader.append("r" + i);
            small.pass(1);
        }
        away.restart();
        small.pass(5_000);
        assertEquals(1, away.log.installs());
        assertTrue(away.has("before") && away.has("r0") && away.has("r499"));
        small.leader().append("after");
        small.pass(500);
        assertTrue(away.has("after"));
    }

    @Test
    void aFillingThatACrashInterruptsBeginsAgain() {
        Trio small = new Trio(3, cutOften());
        Trio.Node leader = small.leader();
        Trio.Node away = small.other(leader);
        away.up = false;
        for (int i = 0; i < 500; i++) {
            leader.append("r" + i);
            small.pass(1);
        }
        away.restart();
        int interrupted = 0;
        for (int i = 0; i < 20 && away.log.installs() == 0; i++) {
            small.pass(60);
            StoredGroup stored = StoredGroup.read(away.store, Trio.SHARD);
            if (stored != null && stored.applied() == StoredGroup.INSTALLING && interrupted < 3) {
                interrupted++;
                away.restart();
            }
        }
        small.pass(5_000);
        assertTrue(interrupted > 0, "the filling was never interrupted");
        assertTrue(away.has("r0") && away.has("r499"));
    }

    @Test
    void leadershipIsHandedOverAndNothingIsLost() {
        Trio.Node leader = trio.leader();
        Trio.Node next = trio.other(leader);
        leader.append("a");
        CompletableFuture<Void> done = leader.log.transfer(Trio.SHARD, next.id);
        trio.pass(1_000);
        assertTrue(done.isDone() && !done.isCompletedExceptionally());
        assertNull(leader.epoch);
        assertNotNull(next.epoch);
        assertEquals(1, leader.committed);
        trio.nodes.forEach(node -> assertTrue(node.has("a")));
    }

    @Test
    void aHandoverToANodeThatIsGoneFailsAndTheLeaderGoesOn() {
        Trio.Node leader = trio.leader();
        Trio.Node gone = trio.other(leader);
        gone.up = false;
        CompletableFuture<Void> done = leader.log.transfer(Trio.SHARD, gone.id);
        for (int i = 0; i < ELECTION_MILLIS; i++) {
            leader.append("r" + i);
            trio.pass(1);
        }
        assertTrue(done.isCompletedExceptionally());
        assertTrue(leader.events.contains("refused: BUSY"), leader.events.toString());
        int committed = leader.committed;
        leader.append("a");
        trio.pass(10);
        assertEquals(committed + 1, leader.committed);
    }

    @Test
    void aHandoverToAStrangerIsRefused() {
        Trio.Node leader = trio.leader();
        CompletableFuture<Void> done = leader.log.transfer(Trio.SHARD, new NodeId("stranger"));
        trio.pass(1);
        assertTrue(done.isCompletedExceptionally());
    }

    @Test
    void everybodyHearsWhoLeads() {
        Trio.Node leader = trio.leader();
        trio.pass(500);
        for (Trio.Node node : trio.nodes) {
            String all =
                    "leads with "
                            + trio.nodes.stream()
                                    .filter(each -> !each.equals(leader))
                                    .map(each -> each.id)
                                    .toList();
            assertEquals(node.equals(leader) ? all : "follows " + leader.id, node.hints.getLast());
        }
    }

    @Test
    void aFollowerThatIsAwayIsNotInSyncAndIsAgainOnceItHasAll() {
        Trio.Node leader = trio.leader();
        Trio.Node away = trio.other(leader);
        trio.pass(500);
        away.up = false;
        trio.pass(1_000);
        assertFalse(leader.hints.getLast().contains(away.id.name()), leader.hints.toString());
        for (int i = 0; i < 300; i++) {
            leader.append("r" + i);
            trio.pass(1);
        }
        away.restart();
        trio.pass(2_000);
        assertTrue(away.has("r299"));
        assertTrue(leader.hints.getLast().contains(away.id.name()), leader.hints.toString());
        assertEquals(leader, trio.leader());
    }

    @Test
    void numbersSayWhereAReplicaStands() {
        Trio.Node leader = trio.leader();
        leader.append("a");
        trio.pass(500);
        int term = Objects.requireNonNull(leader.epoch).term();
        ReplicaStats stats = leader.log.replicas().getFirst();
        assertEquals(
                new ReplicaStats(Trio.SHARD, 1, term, ReplicaStats.Role.LEADER, 1, 2, 2, 2, false),
                stats);
        leader.log.close();
        leader.loop.runUntilIdle();
        assertEquals(ReplicaStats.Role.STOPPED, leader.log.replicas().getFirst().role());
    }

    @Test
    void aShardThatIsNotHeldIsNeitherOpenNorMissed() {
        Trio.Node leader = trio.leader();
        ShardId other = new ShardId(7);
        assertTrue(leader.log.holds(Trio.SHARD));
        assertFalse(leader.log.holds(other));
        assertTrue(leader.log.transfer(other, leader.id).isCompletedExceptionally());
        leader.log.received(trio.other(leader).id, other, 1, new byte[] {1, 2, 3});
        assertEquals(1, leader.log.droppedFrames());
    }

    @Test
    void allKilledAtOnceComeBackWithWhatWasAcknowledged() {
        Trio.Node leader = trio.leader();
        leader.append("a");
        trio.pass(1);
        assertEquals(1, leader.committed);
        trio.nodes.forEach(Trio.Node::restart);
        Trio.Node next = trio.leader();
        assertTrue(next.has("a"));
    }

    @Test
    void aNodeWithAnEmptiedDiskHasNoVote() {
        Generation before = trio.generation();
        Trio.Node node = trio.nodes.getFirst();
        node.store = new MemoryStore(List.of(RaftLog.SPACE, Trio.SPACE));
        RaftLog<String> log =
                RaftLog.on(
                        new RaftHost(
                                node.id,
                                node.store,
                                (to, shard, generation, frame) -> {},
                                trio.clock,
                                node.committer,
                                99),
                        Trio.settings(),
                        new NoListener());
        log.place(Trio.SHARD, before);
        node.loop.execute(
                () -> {
                    var e =
                            assertThrows(
                                    IllegalStateException.class,
                                    () -> log.open(Trio.SHARD, node.loop, node));
                    assertTrue(String.valueOf(e.getMessage()).contains("no replica"));
                });
        node.loop.runOne();
        assertEquals(0, node.loop.failures());
    }

    @Test
    void aSingleReplicaCommitsAlone() {
        Trio alone = new Trio(1, Trio.settings());
        Trio.Node node = alone.leader();
        node.append("a");
        alone.pass(1);
        assertEquals(1, node.committed);
        node.restart();
        assertTrue(alone.leader().has("a"));
    }

    @Test
    void withoutWaitingForTheDiskAMajoritysMemoryIsEnough() {
        Trio lax = new Trio(3, RaftSettings.of(new SyncPolicy.LeftToSystem()));
        Trio.Node leader = lax.leader();
        long syncs = leader.store.syncs();
        leader.append("a");
        lax.pass(1);
        assertEquals(1, leader.committed);
        assertTrue(leader.has("a"));
        assertEquals(syncs, leader.store.syncs());
    }

    @Test
    void whatIsToldToBeCommittedIsInTheStore() {
        for (SyncPolicy policy : List.of(new SyncPolicy.Always(), new SyncPolicy.LeftToSystem())) {
            Trio alone = new Trio(1, RaftSettings.of(policy));
            Trio.Node node = alone.leader();
            node.whenCommitted = () -> assertTrue(node.has("a"));
            node.append("a");
            alone.pass(1);
            assertEquals(1, node.committed);
            assertEquals(0, node.loop.failures());
            assertNotNull(node.epoch);
        }
    }

    static RaftSettings cutOften() {
        RaftSettings plain = Trio.settings();
        return new RaftSettings(
                plain.sync(),
                plain.timing(),
                plain.bounds(),
                new RaftSettings.Retention(50, 1 << 20, 600_000, 100, 64 << 10));
    }
}
