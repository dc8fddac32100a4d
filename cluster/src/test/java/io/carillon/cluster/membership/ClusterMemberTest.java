package io.carillon.cluster.membership;

import static io.carillon.cluster.membership.Cards.card;
import static io.carillon.cluster.membership.Cards.ofRelease;
import static io.carillon.cluster.membership.Cards.onDisk;
import static io.carillon.cluster.membership.Cards.withShards;
import static io.carillon.cluster.membership.RealNode.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * Three real members on loopback, which start at the same time. The tests go from one state of the
 * cluster to the next, in order: starting three members for each would take minutes.
 */
@Timeout(120)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterMemberTest {
    private static final SharedMapSettings SOON_GONE =
            new SharedMapSettings(500, 1 << 20, 10_000, 10_000, 1_000);
    private static final List<HostPort> PORTS =
            IntStream.range(0, 3).mapToObj(i -> loopback()).toList();
    private static final List<RealNode> NODES = new ArrayList<>();

    @BeforeAll
    static void form() {
        NODES.addAll(
                RealNode.startAll(
                        List.of(
                                settings(card(1), PORTS.get(0)),
                                settings(card(2), PORTS.get(1)),
                                settings(card(3), PORTS.get(2))),
                        SOON_GONE));
    }

    @AfterAll
    static void stop() {
        NODES.forEach(RealNode::close);
    }

    @Test
    @Order(1)
    void nodesThatStartTogetherFindEachOther() throws Exception {
        for (RealNode node : NODES) {
            node.awaitPresent(3);
            node.awaitHeard("majority");
        }
        Peer third = NODES.getFirst().on(() -> NODES.getFirst().members().find(card(3).node()));
        assertEquals(card(3).incarnation(), third.incarnation());
        assertEquals(card(3).peer(), third.address());
        assertEquals(1, NODES.stream().filter(n -> n.on(n.members()::isOldest)).count());
    }

    @Test
    @Order(2)
    void whatEachWritesTheOthersHear() throws Exception {
        RealNode one = NODES.get(0);
        RealNode two = NODES.get(1);
        for (int i = 0; i < 10_000; i++) {
            one.put("string/" + i, "1");
        }
        two.put("x", "1");
        awaitView(NODES.get(2), one, one.own.entries);
        for (int i = 0; i < 9_000; i++) {
            one.remove("string/" + i);
        }
        one.put("string/9999", "2");
        awaitView(NODES.get(2), one, one.own.entries);
        awaitView(two, one, one.own.entries);
        awaitView(one, two, Map.of("x", "1"));
        assertEquals(Map.of(), one.view.of(one.id()));
        await("all of it written", () -> one.on(one.map::isWritten));
    }

    @Test
    @Order(2)
    void whatOneWritesAnotherLooksUp() {
        RealNode one = NODES.get(0);
        RealNode two = NODES.get(1);
        LookupMap written = one.member.lookupMap("pages", () -> {});
        LookupMap read = two.member.lookupMap("pages", () -> {});
        byte[] page = {1, 2, 3};
        join(one.on(() -> written.write(Map.of("a", page, "b", page), Set.of())));
        join(one.on(() -> written.write(Map.of(), Set.of("b"))));
        assertArrayEquals(page, join(two.on(() -> read.read(one.id(), "a"))));
        assertNull(join(two.on(() -> read.read(one.id(), "b"))));
    }

    @Test
    @Order(3)
    void whoDoesNotFitIsRefusedAndTheOthersTakeNoNotice() throws Exception {
        refused(withShards(card(4), 8), "it has cluster.shards 8 and the cluster has 16");
        refused(onDisk(card(2), 9), "the name node-2 is taken by the node at 127.0.0.1:9002");
        refused(ofRelease(card(4), "3.0.0"), "its release 3.0.0 does not work with release 1.4.0");
        for (RealNode node : NODES) {
            assertEquals(3, node.members().present().size());
            assertFalse(node.heard.stream().anyMatch(line -> line.contains("node-4")));
        }
    }

    @Test
    @Order(4)
    void aTakenPortIsSaid() {
        JoinFailed failed =
                assertThrows(
                        JoinFailed.class, () -> RealNode.start(settings(card(4), PORTS.get(0))));
        assertTrue(
                failed.getMessage().contains("can't start on " + PORTS.get(0)), failed::getMessage);
    }

    @Test
    @Order(5)
    void aNodeOfAnotherClusterStaysAlone() throws Exception {
        MemberSettings other =
                new MemberSettings("other", card(9), loopback(), null, new Discovery.Seeds(PORTS));
        try (RealNode stranger = RealNode.start(other)) {
            stranger.awaitPresent(1);
            assertFalse(stranger.members().hasMajority());
            assertEquals(3, NODES.getFirst().members().present().size());
        }
    }

    @Test
    @Order(6)
    void aKilledNodeIsGoneAtOnceAndComesBackFromAnotherAddress() throws Exception {
        RealNode one = NODES.get(0);
        NODES.get(2).put("of three", "1");
        awaitView(one, NODES.get(2), Map.of("of three", "1"));
        NODES.get(2).kill();
        one.awaitHeard("-node-3 boot 1");
        assertTrue(one.members().hasMajority());
        NODES.set(2, RealNode.start(settings(card(3, 2), loopback())));
        one.awaitHeard("+node-3 boot 2");
        NODES.get(2).put("again", "1");
        awaitView(one, NODES.get(2), Map.of("again", "1"));
        awaitView(NODES.get(2), one, one.own.entries);
    }

    @Test
    @Order(7)
    void aMinorityKnowsThatItIsOneAndWhatItSaysIsHeardLater() throws Exception {
        RealNode one = NODES.get(0);
        NODES.get(1).kill();
        NODES.get(2).kill();
        await("one alone is no majority", () -> !one.members().hasMajority());
        one.put("said alone", "1");
        NODES.set(1, RealNode.start(settings(card(2, 2), PORTS.get(1))));
        await("two are a majority", () -> one.members().hasMajority());
        awaitView(NODES.get(1), one, one.own.entries);
    }

    @Test
    @Order(8)
    void whoWasStartedAgainElsewhereEndsTheFormerStart() throws Exception {
        RealNode former = NODES.get(1);
        NODES.set(1, RealNode.start(settings(card(2, 3), loopback())));
        await("the former is told", () -> former.heard.getLast().startsWith("expelled: "));
        former.loop.close();
        NODES.get(0).awaitHeard("+node-2 boot 3");
        NODES.get(0).awaitPresent(2);
    }

    @Test
    @Order(9)
    void whatANodeLeftBehindIsRemoved() throws Exception {
        RealNode two = NODES.get(1);
        RealNode third = RealNode.start(settings(card(3, 3), loopback()));
        NODES.set(2, third);
        two.put("left behind", "1");
        awaitView(third, two, Map.of("left behind", "1"));
        two.close();
        NODES.remove(1);
        third.awaitHeard("-node-2 boot 3");
        await("nothing is left of node 2", () -> third.keysOf(two.id()).isEmpty());
        assertTrue(third.members().hasMajority());
        NODES.forEach(RealNode::checkOrder);
    }

    private static void refused(MemberCard card, String reason) {
        JoinFailed failed =
                assertThrows(JoinFailed.class, () -> RealNode.start(settings(card, loopback())));
        assertTrue(failed.getMessage().contains(reason), failed::getMessage);
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static void awaitView(RealNode who, RealNode of, Map<String, String> expected)
            throws Exception {
        await(
                who.id() + " sees what " + of.id() + " wrote",
                () -> who.view.of(of.id()).equals(expected));
    }

    private static MemberSettings settings(MemberCard card, HostPort bind) {
        return new MemberSettings("test", card, bind, null, new Discovery.Seeds(PORTS));
    }

    private static HostPort loopback() {
        return new HostPort("127.0.0.1", RealNode.freePort());
    }
}
