package io.carillon.cluster.membership;

import static io.carillon.cluster.membership.Cards.at;
import static io.carillon.cluster.membership.Cards.card;
import static io.carillon.cluster.membership.Cards.withShards;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.cluster.NodeId;
import io.carillon.loop.ManualLoop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a node tells of its cluster, from the lists that it is given. */
class MembersTest {
    private final ManualLoop loop = new ManualLoop("cluster");
    private final Members members = new Members(loop, loop.clock(), card(1));
    private final Script script = new Script();

    @Test
    void whoComesAndGoesIsToldInOrder() {
        listen();
        update(card(1));
        update(card(1), card(2), card(3));
        update(card(1), card(3));
        update(card(1), card(3), card(2, 2));
        assertEquals(
                List.of(
                        "minority",
                        "+node-2 boot 1",
                        "+node-3 boot 1",
                        "majority",
                        "-node-2 boot 1",
                        "+node-2 boot 2"),
                script.lines);
    }

    @Test
    void aNodeStartedAgainLeavesAndComes() {
        update(card(1), card(2), card(3));
        listen();
        update(card(1), card(2, 2), card(3));
        update(card(1), at(card(2, 3), 9_777), card(3));
        assertEquals(
                List.of(
                        "+node-2 boot 1",
                        "+node-3 boot 1",
                        "majority",
                        "-node-2 boot 1",
                        "+node-2 boot 2",
                        "-node-2 boot 2",
                        "+node-2 boot 3"),
                script.lines);
        assertEquals(new HostPort("127.0.0.1", 9_777), on(() -> members.find(node(2))).address());
    }

    @Test
    void sameMembersInAnotherOrderAreNoNews() {
        update(card(1), card(2), card(3));
        listen();
        script.lines.clear();
        update(card(3), card(1), card(2));
        assertEquals(List.of(), script.lines);
        assertFalse(on(members::isOldest));
        assertEquals(
                List.of(node(3), node(1), node(2)),
                members.present().stream().map(Peer::node).toList());
    }

    @Test
    void theTimeSinceANodeIsThereIsKept() {
        update(card(1), card(2));
        loop.advanceMillis(5_000);
        update(card(2), card(1), card(3));
        assertEquals(0, on(() -> members.find(node(2))).since().toEpochMilli());
        assertEquals(5_000, on(() -> members.find(node(3))).since().toEpochMilli());
    }

    @Test
    void oneOfThreeIsNoMajorityAndTwoAre() {
        update(card(1));
        assertFalse(members.hasMajority());
        update(card(1), card(3));
        assertTrue(members.hasMajority());
        update(card(3));
        assertFalse(members.hasMajority());
    }

    @Test
    void halfIsNoMajority() {
        Members four = new Members(loop, loop.clock(), card(1, 1, 4));
        loop.execute(() -> four.update(List.of(card(1), card(2))));
        loop.runUntilIdle();
        assertFalse(four.hasMajority());
    }

    @Test
    void aNodeThatExpectsNoOtherIsAMajorityUntilItHasSeenMore() {
        Members one = new Members(loop, loop.clock(), card(1, 1, 1));
        loop.execute(() -> one.update(List.of(card(1, 1, 1))));
        loop.runUntilIdle();
        assertTrue(one.hasMajority());
        loop.execute(() -> one.update(List.of(card(1, 1, 1), card(2, 1, 1), card(3, 1, 1))));
        loop.execute(() -> one.update(List.of(card(1, 1, 1))));
        loop.runUntilIdle();
        assertFalse(one.hasMajority());
        assertEquals(3, one.size());
    }

    @Test
    void theLargestExpectationCounts() {
        update(card(1), card(2, 1, 5));
        assertEquals(5, members.size());
        assertFalse(members.hasMajority());
        update(card(1), card(3)); // it was told once
        assertEquals(5, members.size());
    }

    @Test
    void aSmallerClusterIsASeparateAct() {
        update(card(1), card(2, 1, 5));
        listen();
        on(
                () -> {
                    members.resize(3);
                    return null;
                });
        assertTrue(members.hasMajority());
        assertEquals("majority", script.lines.getLast());
        IllegalArgumentException refusal =
                on(() -> assertThrows(IllegalArgumentException.class, () -> members.resize(1)));
        assertEquals(
                "a cluster of 1 while 2 nodes are there; stop those that shall go first",
                refusal.getMessage());
    }

    @Test
    void whoIsRefusedDoesNotCount() {
        listen();
        update(card(1), withShards(card(2), 8));
        assertEquals(List.of("minority"), script.lines);
        assertEquals(1, members.present().size());
    }

    @Test
    void whoIsExpelledHearsWhyAndNothingElse() {
        update(card(1), card(2));
        listen();
        script.lines.clear();
        update(at(card(1, 2), 9_800), card(2), card(1));
        assertFalse(members.hasMajority());
        assertTrue(members.present().isEmpty());
        update(card(1), card(2), card(3));
        assertEquals(
                List.of(
                        "expelled: node node-1 has been started again (boot 2, at 127.0.0.1:9800);"
                                + " if that was not meant, stop one of the two"),
                script.lines);
    }

    @Test
    void whoLeavesSeesNobody() {
        update(card(1), card(2));
        listen();
        script.lines.clear();
        update();
        assertEquals(List.of("-node-2 boot 1", "minority"), script.lines);
    }

    @Test
    void aProcessThatStoodStillCountsAsAMinorityForAWhile() {
        update(card(1), card(2), card(3));
        on(
                () -> {
                    PauseGuard.watch(loop, loop.clock(), members);
                    return null;
                });
        loop.advanceMillis(60_000);
        assertTrue(members.hasMajority());
        loop.clock().advanceMillis(4_000); // and no timer ran
        loop.runUntilIdle();
        assertFalse(members.hasMajority());
        loop.advanceMillis(6_000);
        assertFalse(members.hasMajority());
        loop.advanceMillis(2_000);
        assertTrue(members.hasMajority());
    }

    private void listen() {
        loop.execute(() -> members.listen(script));
        loop.runUntilIdle();
    }

    private void update(MemberCard... cards) {
        loop.execute(() -> members.update(Arrays.asList(cards)));
        loop.runUntilIdle();
        assertEquals(0, loop.failures());
    }

    private <T> T on(Supplier<T> call) {
        List<T> result = new ArrayList<>();
        loop.execute(() -> result.add(call.get()));
        loop.runUntilIdle();
        return result.getFirst();
    }

    private static NodeId node(int number) {
        return card(number).node();
    }

    /** Writes down what it hears. */
    private static final class Script implements MembersListener {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void joined(Peer peer) {
            lines.add("+" + peer.node() + " boot " + peer.incarnation().boot());
        }

        @Override
        public void left(Peer peer) {
            lines.add("-" + peer.node() + " boot " + peer.incarnation().boot());
        }

        @Override
        public void majority(boolean there) {
            lines.add(there ? "majority" : "minority");
        }

        @Override
        public void expelled(String reason) {
            lines.add("expelled: " + reason);
        }
    }
}
