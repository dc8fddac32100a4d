package io.carillon.cluster.replication.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.Voter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** A shard gets other voters, in one thread; the test says what goes wrong. */
class SuccessionTest {
    private static final int ELECTION_MILLIS = 3_000;

    private final Trio five = new Trio(5, 3, Trio.settings());

    @Test
    void aNodeTakesTheSeatOfAnother() {
        Trio.Node leader = five.leader();
        leader.append("a");
        five.pass(500);
        Trio.Node leaving = other(leader);
        Trio.Node coming = five.nodes.get(3);
        List<Trio.Node> next = swap(leaving, coming);
        CompletableFuture<Void> done = reseat(leader, next);
        five.pass(ELECTION_MILLIS);
        assertTrue(done.isDone() && !done.isCompletedExceptionally());
        append("b");
        five.pass(1_000);
        next.forEach(node -> assertTrue(node.has("a") && node.has("b"), node.id.name()));
        assertEquals("unseated", leaving.events.getLast());
        assertFalse(leaving.has("a"));
        assertFalse(leaving.log.holds(Trio.SHARD));
        assertEquals(2, Objects.requireNonNull(five.leader().epoch).generation());
        noFailures();
    }

    @Test
    void theShardIsLedAgainSoon() {
        Trio.Node leader = five.leader();
        five.pass(500);
        reseat(leader, swap(other(leader), five.nodes.get(3)));
        int millis = 0;
        while (Objects.requireNonNull(five.leader().epoch).generation() == 1) {
            five.pass(1);
            millis++;
        }
        assertTrue(millis < 500, millis + " ms");
    }

    @Test
    void aReplacedDiskIsFilledAndItsNodeVotesAgain() {
        Trio.Node leader = five.leader();
        Trio.Node wiped = other(leader);
        leader.append("a");
        five.pass(500);
        wiped.replaceDisk();
        five.pass(500);
        assertFalse(wiped.seated);
        reseat(leader, five.nodes.subList(0, 3));
        five.pass(ELECTION_MILLIS);
        assertTrue(wiped.has("a"));
        Trio.Node gone = five.leader().equals(wiped) ? leader : five.leader();
        gone.up = false;
        five.pass(ELECTION_MILLIS);
        append("b");
        five.pass(500);
        assertTrue(wiped.has("b"));
    }

    @Test
    void threeBecomeFiveAndFiveBecomeThree() {
        append("a");
        done(reseat(five.leader(), five.nodes));
        append("b");
        five.pass(1_000);
        five.nodes.forEach(node -> assertTrue(node.has("a") && node.has("b"), node.id.name()));
        five.nodes.getFirst().up = false;
        five.nodes.get(1).up = false;
        five.pass(ELECTION_MILLIS);
        append("c");
        five.pass(1_000);
        five.nodes.subList(2, 5).forEach(node -> assertTrue(node.has("c"), node.id.name()));
        done(reseat(five.leader(), five.nodes.subList(2, 5)));
        append("d");
        five.pass(1_000);
        five.nodes.subList(2, 5).forEach(node -> assertTrue(node.has("d"), node.id.name()));
    }

    @Test
    void whoWasAwayMeanwhileGivesUpWhatItHas() {
        append("a");
        five.pass(500);
        Trio.Node leader = five.leader();
        Trio.Node away = other(leader);
        away.up = false;
        done(reseat(leader, swap(away, five.nodes.get(3))));
        assertTrue(away.has("a"));
        away.restart();
        five.pass(ELECTION_MILLIS);
        assertFalse(away.has("a"));
        assertEquals("unseated", away.events.getLast());
        away.restart();
        assertFalse(away.log.holds(Trio.SHARD), "what it gave up stays so");
        assertNull(StoredGroup.readBefore(away.store, Trio.SHARD, 2));
    }

    @Test
    void aVoterThatWasAwayDuringTheSealIsFilledAnew() {
        append("a");
        five.pass(500);
        Trio.Node leader = five.leader();
        Trio.Node away = other(leader);
        Trio.Node third = five.nodes.get(3 - leader.number - away.number);
        away.up = false;
        List<Trio.Node> order = List.of(third, away, leader);
        done(reseat(leader, order));
        append("b");
        away.restart();
        five.pass(ELECTION_MILLIS);
        assertEquals(1, away.log.installs());
        assertTrue(away.has("a") && away.has("b"));
    }

    @Test
    void whoMissedTooMuchIsFilledBehindTheSealThoughTheThirdIsGone() {
        Trio small = new Trio(3, RaftLogTest.cutOften());
        Trio.Node leader = small.leader();
        Trio.Node away = small.other(leader);
        Trio.Node third = small.nodes.get(3 - leader.number - away.number);
        away.up = false;
        for (int i = 0; i < 500; i++) {
            leader.append("r" + i);
            small.pass(1);
        }
        Generation next = small.generation().next(Trio.voters(List.of(third, away, leader)));
        leader.log.reseat(Trio.SHARD, next);
        while (!next.equals(leader.log.generation(Trio.SHARD))) {
            third.run();
            leader.run();
        }
        third.up = false;
        away.restart();
        small.pass(5 * ELECTION_MILLIS);
        assertTrue(away.has("r0") && away.has("r499"));
        small.leader().append("after");
        small.pass(500);
        assertTrue(leader.has("after") && away.has("after"));
        assertNull(StoredGroup.readBefore(away.store, Trio.SHARD, 2));
    }

    @Test
    void aLeaderMayLeave() {
        append("a");
        five.pass(500);
        Trio.Node leader = five.leader();
        CompletableFuture<Void> done = reseat(leader, swap(leader, five.nodes.get(4)));
        done(done);
        assertNotEquals(leader, five.leader());
        assertFalse(leader.log.holds(Trio.SHARD));
        append("b");
        five.pass(1_000);
        assertTrue(five.nodes.get(4).has("a") && five.nodes.get(4).has("b"));
    }

    @Test
    void aNewVoterThatCrashesWhileItIsEmptyIsFilledLater() {
        append("a");
        five.pass(500);
        Trio.Node leader = five.leader();
        Trio.Node coming = five.nodes.get(3);
        reseat(leader, swap(other(leader), coming));
        for (int i = 0; i < 500 && !coming.seated; i++) {
            five.pass(1);
        }
        five.pass(1);
        assertTrue(coming.seated);
        coming.restart();
        five.pass(ELECTION_MILLIS);
        assertTrue(coming.has("a"));
    }

    @Test
    void allKilledBehindTheSealComeBackInTheNextGeneration() {
        append("a");
        five.pass(500);
        Trio.Node leader = five.leader();
        reseat(leader, swap(other(leader), five.nodes.get(3)));
        for (int i = 0; i < 100 && leader.log.generation(Trio.SHARD).number() == 1; i++) {
            five.pass(1);
        }
        five.nodes.forEach(Trio.Node::restart);
        assertEquals(2, Objects.requireNonNull(five.leader().epoch).generation());
        assertTrue(five.leader().has("a"));
        noFailures();
    }

    @Test
    void whatCantBeDoneIsRefusedAndTheLeaderGoesOn() {
        Trio.Node leader = five.leader();
        five.pass(500);
        Generation now = five.generation();
        List<Voter> spare = Trio.voters(five.nodes.subList(3, 5));
        Voter self = new Voter(leader.id, leader.log.disk());
        refused(leader, now.next(List.of(self, spare.get(0), spare.get(1))), "have to be");
        refused(leader, now.next(now.voters()), "these voters already");
        refused(leader, new Generation(3, spare), "does not follow on");
        refused(other(leader), now.next(List.of(self)), "not led by this node");
        append("a");
        five.pass(500);
        assertTrue(leader.has("a"));
    }

    @Test
    void aStepTowardsOtherVotersKeepsEnoughOfTheOld() {
        List<Voter> all = Trio.voters(five.nodes);
        Generation now = five.generation();
        List<NodeId> inSync = five.nodes.subList(0, 3).stream().map(node -> node.id).toList();
        List<Voter> wanted = List.of(all.get(0), all.get(3), all.get(4));
        Generation step = now.towards(wanted, inSync);
        assertEquals(2, step.voters().stream().filter(now::names).count());
        List<NodeId> then = step.voters().stream().map(Voter::node).toList();
        assertEquals(wanted, step.towards(wanted, then).voters());
        assertEquals(all, now.towards(all, inSync).voters());
        assertEquals(
                List.of(all.get(0)),
                now.towards(List.of(all.get(0)), inSync.subList(0, 1)).voters());
    }

    @Test
    void oneNodeGoesOnAloneAndGrowsAgain() {
        append("a");
        five.pass(500);
        List<Trio.Node> voters = five.nodes.subList(0, 3);
        Trio.Node left = voters.getFirst();
        voters.forEach(node -> node.up = node.equals(left));
        five.pass(ELECTION_MILLIS);
        assertNull(left.epoch);
        done(left.log.recoverAlone(Trio.SHARD));
        assertEquals(65, Objects.requireNonNull(left.epoch).generation());
        append("b");

        voters.forEach(node -> node.up = true);
        voters.get(1).restart();
        voters.get(2).restart();
        five.pass(ELECTION_MILLIS);
        assertNull(voters.get(1).epoch);
        assertTrue(voters.get(1).has("a") && !voters.get(1).has("b"), "refused, and kept");
        assertEquals(left, five.leader());

        CompletableFuture<Void> grown = reseat(left, voters);
        done(grown);
        append("c");
        five.pass(1_000);
        voters.forEach(node -> assertTrue(node.has("a") && node.has("b") && node.has("c")));
        noFailures();
    }

    @Test
    void whatNobodyKnowsToBeCommittedIsKeptByARecovery() {
        Trio.Node leader = five.leader();
        five.pass(500);
        five.nodes.forEach(node -> node.up = node.equals(leader));
        leader.append("maybe");
        five.pass(ELECTION_MILLIS);
        assertFalse(leader.has("maybe"));
        done(leader.log.recoverAlone(Trio.SHARD));
        assertTrue(leader.has("maybe"));
    }

    @Test
    void aStoppedNodesStoreIsRecoveredToo() {
        append("a");
        five.pass(500);
        Trio.Node left = five.nodes.getFirst();
        five.nodes.forEach(node -> node.up = node.equals(left));
        left.store = left.store.crash();
        Generation begun = RaftLog.recoverAlone(left.store, left.id, Trio.SHARD);
        assertEquals(List.of(new Voter(left.id, left.log.disk())), begun.voters());
        left.restart();
        assertEquals(left, five.leader());
        assertTrue(left.has("a"));
    }

    @Test
    void thereIsNothingToRecoverWhereSomebodyLeadsOrNothingIs() {
        Trio.Node leader = five.leader();
        five.pass(500);
        assertTrue(failure(leader.log.recoverAlone(Trio.SHARD)).contains("has a leader"));
        assertTrue(failure(other(leader).log.recoverAlone(Trio.SHARD)).contains("has a leader"));
        Trio.Node spare = five.nodes.get(4);
        assertTrue(failure(spare.log.recoverAlone(Trio.SHARD)).contains("no replica"));
        assertThrows(
                IllegalStateException.class,
                () -> RaftLog.recoverAlone(spare.store, spare.id, Trio.SHARD));
    }

    private void append(String record) {
        Trio.Node leader = five.leader();
        int before = leader.committed;
        leader.append(record);
        five.pass(10);
        assertEquals(before + 1, leader.committed, record);
    }

    private CompletableFuture<Void> reseat(Trio.Node leader, List<Trio.Node> nodes) {
        Generation now = Objects.requireNonNull(leader.log.generation(Trio.SHARD));
        return leader.log.reseat(Trio.SHARD, now.next(Trio.voters(nodes)));
    }

    /** The first three with one in the place of another. */
    private List<Trio.Node> swap(Trio.Node leaving, Trio.Node coming) {
        List<Trio.Node> next = new ArrayList<>(five.nodes.subList(0, 3));
        next.set(next.indexOf(leaving), coming);
        return next;
    }

    private Trio.Node other(Trio.Node than) {
        return five.other(than);
    }

    private void done(CompletableFuture<Void> future) {
        for (int i = 0; i < 2 * ELECTION_MILLIS && !future.isDone(); i++) {
            five.pass(1);
        }
        assertTrue(future.isDone(), "not done");
        assertFalse(future.isCompletedExceptionally(), () -> failure(future));
    }

    private void refused(Trio.Node node, Generation next, String why) {
        String failure = failure(node.log.reseat(Trio.SHARD, next));
        assertTrue(failure.contains(why), failure);
    }

    private String failure(CompletableFuture<Void> future) {
        five.pass(1);
        assertTrue(future.isCompletedExceptionally(), "went well");
        var e = assertThrows(ExecutionException.class, future::get);
        return String.valueOf(e.getMessage());
    }

    private void noFailures() {
        five.nodes.forEach(node -> assertEquals(0, node.loop.failures(), node.id.name()));
    }
}
