package io.carillon.cluster.interest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.cluster.Epoch;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Three nodes on a network that does what it should, but for what a test breaks. */
class InterestTest {
    private static final Owner SHARD = SimNode.shard(3);
    private static final InterestSettings SETTINGS =
            new InterestSettings("secret", 100, 2_000, 1_000, 5_000, 1 << 20);

    private final SimNetwork network = new SimNetwork(1);
    private final SimNode a = network.add("a", SETTINGS);
    private final SimNode b = network.add("b", SETTINGS);
    private final SimNode c = network.add("c", SETTINGS);

    @Test
    void whatIsAnnouncedIsAppliedOnOtherNodesAndNotOnItsOwn() {
        connected();
        a.announce(a.owner, "x", 0);
        a.announce(a.owner, "y", 7);
        network.run(10);
        Map<String, Attributes> expected = Map.of("x", Attributes.NONE, "y", SimNode.attributes(7));
        assertEquals(expected, b.applied(a.owner));
        assertEquals(expected, c.applied(a.owner));
        assertTrue(a.applied(a.owner).isEmpty());

        a.withdraw(a.owner, "x");
        a.announce(a.owner, "y", 8);
        network.run(10);
        assertEquals(Map.of("y", SimNode.attributes(8)), b.applied(a.owner));
    }

    @Test
    void whatDoesNotChangeAnythingIsNotSent() {
        connected();
        a.announce(a.owner, "x", 1);
        network.run(10);
        long messages = network.messages;
        a.announce(a.owner, "x", 1);
        a.withdraw(a.owner, "y");
        network.run(10);
        assertEquals(messages, network.messages);
    }

    @Test
    void theChangesOfATurnAreOneMessageForEachPeer() {
        connected();
        long before = network.messages;
        a.run(
                () -> {
                    for (int i = 0; i < 500; i++) {
                        a.announcers.get(a.owner).announce("s" + i, Attributes.NONE);
                    }
                });
        network.run(10);
        assertEquals(500, b.applied(a.owner).size());
        assertEquals(before + 4, network.messages); // and an answer from each
    }

    @Test
    void aBarrierWaitsForTheSlowestPeer() {
        connected();
        network.block(a.id, c.id, true);
        a.announce(a.owner, "x", 0);
        CompletableFuture<Void> reached = reachedPeers(a);
        network.run(50);
        assertTrue(b.applied(a.owner).containsKey("x"));
        assertFalse(reached.isDone());
        network.block(a.id, c.id, false);
        network.run(300);
        assertTrue(reached.isDone());
        assertTrue(c.applied(a.owner).containsKey("x"));
        assertEquals(0, a.stats().barrierTimeouts());
    }

    /** A peer has applied the change, and something that it began before goes on. */
    @Test
    void aBarrierWaitsForWhatAPeerHasBegunBefore() {
        connected();
        b.run(b.prior::begin);
        a.announce(a.owner, "x", 0);
        CompletableFuture<Void> reached = reachedPeers(a);
        network.run(300);
        assertTrue(b.applied(a.owner).containsKey("x"));
        assertFalse(reached.isDone());
        a.announce(a.owner, "y", 0);
        CompletableFuture<Void> next = reachedPeers(a);
        network.run(300);
        assertFalse(next.isDone());
        b.run(b.prior::end);
        network.run(10);
        assertTrue(reached.isDone());
        assertTrue(next.isDone());
    }

    /** Such as a retained message to a shard that nobody leads. */
    @Test
    void whatAPeerHasBegunAndNeverEndsIsNotWaitedForForEver() {
        connected();
        b.run(b.prior::begin);
        a.announce(a.owner, "x", 0);
        CompletableFuture<Void> reached = reachedPeers(a);
        network.run(400);
        assertFalse(reached.isDone());
        network.run(200);
        assertTrue(reached.isDone());
        assertEquals(0, a.stats().barrierTimeouts());
        a.announce(a.owner, "y", 0);
        CompletableFuture<Void> next = reachedPeers(a);
        b.run(b.prior::end);
        network.run(10);
        assertTrue(next.isDone());
    }

    @Test
    void aBarrierWaitsForWhatItsOwnNodeHasBegun() {
        connected();
        a.run(a.prior::begin);
        CompletableFuture<Void> reached = reachedPeers(a);
        network.run(10);
        assertFalse(reached.isDone());
        a.run(a.prior::end);
        assertTrue(reached.isDone());
    }

    /** What the peer knows has not changed, what it does has. */
    @Test
    void aPeerThatIsDoubtedConfirmsAnewAtTheNextBarrier() {
        connected();
        a.announce(a.owner, "x", 0);
        network.run(10);
        b.run(b.prior::begin);
        assertTrue(reachedInThisTurn(a));
        long messages = network.messages;
        a.run(() -> a.interest.doubt(b.id));
        network.run(10);
        assertEquals(messages, network.messages, "nobody asks");
        CompletableFuture<Void> reached = reachedPeers(a);
        network.run(10);
        assertFalse(reached.isDone());
        b.run(b.prior::end);
        network.run(10);
        assertTrue(reached.isDone());
        assertTrue(reachedInThisTurn(a));
    }

    /** What it was about to confirm it may have forgotten when it is asked again. */
    @Test
    void aConfirmationThatWaitsGoesWithItsStream() {
        connected();
        b.run(b.prior::begin);
        a.announce(a.owner, "x", 0);
        network.run(10);
        network.disconnect(a, b);
        b.run(() -> b.interest.forget(a.owner));
        network.run(10);
        network.connect(a, b);
        network.block(a.id, b.id, true);
        b.run(b.prior::end);
        CompletableFuture<Void> reached = reachedPeers(a);
        network.run(50);
        assertFalse(reached.isDone());
        network.block(a.id, b.id, false);
        network.run(300);
        assertTrue(reached.isDone());
        assertTrue(b.applied(a.owner).containsKey("x"));
    }

    @Test
    void aBarrierIsPassedAtOnceWhenPeersHaveEverythingOrThereAreNone() {
        a.announce(a.owner, "x", 0);
        assertTrue(reachedInThisTurn(a));
        connected();
        assertTrue(reachedInThisTurn(a));
        a.announce(a.owner, "y", 0);
        assertFalse(reachedInThisTurn(a));
    }

    @Test
    void callersOfATurnShareABarrierThatCostsNoMessage() {
        connected();
        long barriers = a.stats().barriers();
        long messages = network.messages;
        CompletableFuture<?>[] all = new CompletableFuture<?>[1_000];
        a.announce(a.owner, "x", 0);
        for (int i = 0; i < all.length; i++) {
            all[i] = reachedPeers(a);
        }
        network.run(10);
        assertTrue(CompletableFuture.allOf(all).isDone());
        assertEquals(barriers + 1, a.stats().barriers());
        assertEquals(messages + 4, network.messages);
    }

    @Test
    void aBarrierEndsByTimeAndIsCounted() {
        connected();
        network.block(b.id, a.id, true);
        a.announce(a.owner, "x", 0);
        CompletableFuture<Void> reached = reachedPeers(a);
        network.run(999);
        assertFalse(reached.isDone());
        network.run(2);
        assertTrue(reached.isDone());
        assertEquals(1, a.stats().barrierTimeouts());
        assertEquals(0, a.stats().waitingBarriers());
    }

    @Test
    void aPeerThatGoesDownIsNotWaitedFor() {
        connected();
        network.block(a.id, b.id, true);
        a.announce(a.owner, "x", 0);
        CompletableFuture<Void> reached = reachedPeers(a);
        network.run(20);
        assertFalse(reached.isDone());
        network.disconnect(a, b);
        assertTrue(reached.isDone());
        assertEquals(0, a.stats().barrierTimeouts());
    }

    @Test
    void aPeerThatIsOwedSomethingIsWaitedForThoughItIsDown() {
        connected();
        a.owedMillis.put(b.id, 500L);
        network.disconnect(a, b);
        a.owedMillis.put(b.id, 0L);
        a.announce(a.owner, "x", 0);
        CompletableFuture<Void> reached = reachedPeers(a);
        network.run(499);
        assertFalse(reached.isDone());
        network.run(2);
        assertTrue(reached.isDone());
        assertFalse(b.applied(a.owner).containsKey("x"));
        assertEquals(0, a.stats().barrierTimeouts());
    }

    @Test
    void whatAPeerIsOwedMayEndEarlier() {
        connected();
        a.owedMillis.put(b.id, 500L);
        network.disconnect(a, b);
        a.announce(a.owner, "x", 0);
        CompletableFuture<Void> reached = reachedPeers(a);
        network.run(20);
        assertFalse(reached.isDone());
        a.owedMillis.put(b.id, 0L);
        a.run(a.interest::settled);
        network.run(1);
        assertTrue(reached.isDone());
    }

    @Test
    void aPeerThatComesUpAgainIsWaitedForOn() {
        connected();
        a.owedMillis.put(b.id, 900L);
        network.disconnect(a, b);
        a.announce(a.owner, "x", 0);
        CompletableFuture<Void> reached = reachedPeers(a);
        network.run(20);
        network.block(b.id, a.id, true);
        network.connect(a, b);
        network.run(700);
        assertFalse(reached.isDone());
        network.block(b.id, a.id, false);
        network.run(250);
        assertTrue(reached.isDone());
        assertTrue(b.applied(a.owner).containsKey("x"));
    }

    @Test
    void aBarrierThatTakesTooLongWaitsForWhatIsOwedAndCountsOnThePeerNoMore() {
        connected();
        a.owedMillis.put(b.id, 400L);
        assertTrue(isLevel(a, b));
        network.block(b.id, a.id, true);
        a.announce(a.owner, "x", 0);
        CompletableFuture<Void> reached = reachedPeers(a);
        network.run(990);
        assertTrue(isLevel(a, b));
        network.run(20);
        assertFalse(isLevel(a, b));
        assertFalse(reached.isDone());
        network.run(400);
        assertTrue(reached.isDone());
        network.block(b.id, a.id, false);
        network.run(300);
        assertTrue(isLevel(a, b));
    }

    @Test
    void whoAsksAnewHearsAllAgain() {
        connected();
        a.announce(a.owner, "x", 0);
        network.run(10);
        b.run(b.interest::askAnew);
        assertFalse(b.isCaughtUp());
        assertTrue(b.applied(a.owner).containsKey("x"));
        network.run(20);
        assertTrue(b.isCaughtUp());
        assertTrue(isLevel(a, b));
    }

    @Test
    void aBarrierWaitsForAPeerThatHasOnlyJustComeUp() {
        a.announce(a.owner, "x", 0);
        network.run(5);
        network.connect(a, b);
        CompletableFuture<Void> reached = reachedPeers(a);
        a.turn();
        assertFalse(reached.isDone());
        network.run(20);
        assertTrue(reached.isDone());
        assertTrue(b.applied(a.owner).containsKey("x"));
    }

    @Test
    void aNodeHasCaughtUpOnceItKnowsWhatAllPeersSpeakFor() {
        assertTrue(b.isCaughtUp());
        many(a, a.owner, 3_000);
        network.run(5);
        network.connect(a, b);
        assertFalse(b.isCaughtUp());
        network.run(100);
        assertTrue(b.isCaughtUp());
        assertEquals(3_000, b.applied(a.owner).size());
    }

    @Test
    void changesThatGetLostAreFetchedAsFewStrings() {
        connected();
        many(a, a.owner, 5_000);
        network.run(100);
        network.lost = 100;
        a.announce(a.owner, "lost", 1);
        a.withdraw(a.owner, "s/17");
        network.run(5);
        network.lost = 0;
        long before = network.bytes;
        long fetched = b.stats().stringsFetched();
        CompletableFuture<Void> reached = reachedPeers(a);
        network.run(500);
        assertTrue(reached.isDone());
        assertAgree(a, a.owner, b, c);
        assertTrue(b.stats().stringsFetched() - fetched < 50, b.stats()::toString);
        assertTrue(network.bytes - before < 60_000, () -> network.bytes - before + " bytes");
    }

    @Test
    void aDifferenceThatNobodyNoticedIsMendedByTheNextDigest() {
        connected();
        many(a, a.owner, 2_000);
        network.run(100);
        b.run(() -> b.interest.received(a.id, ByteBuffer.wrap(forged())));
        network.run(10);
        assertTrue(b.applied(a.owner).containsKey("forged"));
        network.run(3_000);
        assertFalse(b.applied(a.owner).containsKey("forged"));
    }

    @Test
    void aPeerWithTooMuchToApplyIsLeftBehindAndCatchesUpLater() {
        connected();
        network.block(b.id, a.id, true);
        for (int i = 0; i < 60; i++) {
            many(a, a.owner, 100 * i, 100 * (i + 1));
            network.run(1);
        }
        assertTrue(a.stats().leftBehind() > 0);
        network.calm();
        network.run(1_000);
        assertAgree(a, a.owner, b, c);
        assertEquals(6_000, b.applied(a.owner).size());
    }

    @Test
    void whereAStreamHasNoRoomThePeerCatchesUpWhenItHas() {
        connected();
        network.refused = 100;
        many(a, a.owner, 1_000);
        network.run(500);
        assertTrue(b.applied(a.owner).isEmpty());
        network.refused = 0;
        network.run(500);
        assertAgree(a, a.owner, b, c);
    }

    @Test
    void whatANodeWantedStaysUntilItIsForgotten() {
        connected();
        many(a, a.owner, 3_000);
        network.run(50);
        a.crash();
        network.run(5_000);
        assertEquals(3_000, b.applied(a.owner).size());
        b.run(() -> b.interest.forget(a.owner));
        c.run(() -> c.interest.forget(a.owner));
        network.run(50);
        assertTrue(b.applied(a.owner).isEmpty());
        assertEquals(0, b.stats().knownStrings());
    }

    @Test
    void aNodeThatHasComeBackIsNotForgotten() {
        connected();
        many(a, a.owner, 2_000);
        network.run(50);
        a.crash();
        network.run(50);
        a.start();
        network.connectAll();
        many(a, a.owner, 10);
        network.run(50);
        b.run(() -> b.interest.forget(a.owner));
        network.run(50);
        assertEquals(10, b.applied(a.owner).size());
        assertAgree(a, a.owner, b, c);
    }

    @Test
    void forgettingStopsWhenTheNodeComesBackInTheMidst() {
        connected();
        many(a, a.owner, 5_000);
        network.run(50);
        network.delayMillisMax = 0;
        network.disconnect(a, b);
        b.run(() -> b.interest.forget(a.owner));
        network.connect(a, b);
        network.run(5);
        assertTrue(b.applied(a.owner).size() > 2_500, b.applied(a.owner).size() + " left");
        network.run(500);
        assertAgree(a, a.owner, b, c);
    }

    @Test
    void aNodeThatHasLostCountOfItsStartsIsHeardAgain() {
        connected();
        many(a, a.owner, 100);
        network.run(50);
        a.crash();
        a.generation = 0; // its disk was emptied
        a.start();
        network.connectAll();
        a.announce(a.owner, "new", 0);
        CompletableFuture<Void> reached = reachedPeers(a);
        network.run(100);
        assertTrue(reached.isDone());
        assertEquals(Set.of("new"), b.applied(a.owner).keySet());
    }

    @Test
    void aShardsStringsStayWhenItsLeaderChangesAndNothingIsSentAgain() {
        connected();
        lead(a, 1, 2_000);
        network.run(2_000);
        long told = c.told;
        a.crash();
        lead(b, 2, 2_000);
        long fetched = c.stats().stringsFetched();
        network.run(100);
        assertAgree(b, SHARD, c);
        assertEquals(told, c.told);
        assertEquals(fetched, c.stats().stringsFetched());
        assertTrue(b.applied(SHARD).isEmpty()); // its own are in its memory
    }

    @Test
    void whoResignsHearsOfAllBeforeTheNextLeaderSpeaks() {
        connected();
        lead(a, 1, 2_000);
        network.run(50);
        a.resign(SHARD);
        assertEquals(2_000, a.applied(SHARD).size());
        lead(b, 2, 2_000);
        b.announce(SHARD, "more", 0);
        b.withdraw(SHARD, "s/0");
        network.run(50);
        assertAgree(b, SHARD, a, c);
    }

    @Test
    void aLeaderThatIsOneNoLongerChangesNothingAndIsToldSo() {
        connected();
        lead(a, 1, 100);
        network.run(50);
        lead(b, 2, 100);
        b.withdraw(SHARD, "s/1");
        network.run(50);
        a.announce(SHARD, "late", 0);
        CompletableFuture<Void> reached = reachedPeers(a);
        network.run(50);
        assertTrue(reached.isDone());
        a.resign(SHARD);
        network.run(50);
        assertAgree(b, SHARD, a, c);
        assertFalse(c.applied(SHARD).containsKey("late"));
    }

    @Test
    void untilItBeginsALeaderSaysNothing() {
        connected();
        lead(a, 1, 100);
        network.run(50);
        b.speakFor(SHARD, new Epoch(2, 1));
        b.announce(SHARD, "s/5", 0);
        network.run(500);
        assertEquals(100, c.applied(SHARD).size());
        assertEquals(100, b.applied(SHARD).size());
        b.run(() -> b.announcers.get(SHARD).begin());
        network.run(500);
        assertEquals(Set.of("s/5"), c.applied(SHARD).keySet());
        assertTrue(b.applied(SHARD).isEmpty());
    }

    @Test
    void aNodeThatJoinsReadsMostFromTheSharedMap() {
        many(a, a.owner, 20_000);
        network.run(3_000);
        a.announce(a.owner, "not there yet", 0);
        a.withdraw(a.owner, "s/9");
        network.connect(a, b);
        network.run(500);
        assertAgree(a, a.owner, b);
        assertEquals(1, b.stats().bulkReads());
        assertTrue(b.stats().stringsFetched() < 200, b.stats()::toString);
    }

    @Test
    void whatAShardsFormerLeaderWroteToTheSharedMapGoes() {
        connected();
        lead(a, 1, 2_000);
        network.run(3_000);
        assertFalse(network.pages.parts.get(a.id).isEmpty());
        a.resign(SHARD);
        lead(b, 2, 2_000);
        network.run(3_000);
        assertTrue(network.pages.parts.get(a.id).isEmpty());
        assertEquals(pagesOf(b, SHARD), network.pages.parts.get(b.id).keySet());
    }

    @Test
    void withoutASharedMapEverythingComesFromTheSpeaker() {
        network.pages.failing = 100;
        many(a, a.owner, 20_000);
        network.run(1_000);
        assertTrue(a.stats().sharedMapFailures() > 0);
        network.connect(a, b);
        network.run(500);
        assertAgree(a, a.owner, b);
    }

    @Test
    void nobodySpeaksForAnotherNodeAndNonsenseIsCounted() {
        connected();
        b.run(() -> b.interest.received(c.id, ByteBuffer.wrap(forged())));
        b.run(() -> b.interest.received(c.id, ByteBuffer.wrap(new byte[] {9})));
        assertEquals(2, b.stats().refusedMessages());
        assertTrue(b.applied(a.owner).isEmpty());
    }

    @Test
    void whatCannotBeCarriedIsRefusedWithItsReason() {
        a.run(
                () -> {
                    Announcer announcer = a.announcers.get(a.owner);
                    String tooLong = "x".repeat(65_536);
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> announcer.announce(tooLong, Attributes.NONE));
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> announcer.announce("a\uD800b", Attributes.NONE));
                    announcer.announce("\uD83D\uDD14", Attributes.NONE);
                    assertThrows(
                            IllegalStateException.class,
                            () -> a.interest.speakFor(a.owner, new Epoch(9, 9)));
                });
        assertThrows(IllegalArgumentException.class, () -> Attributes.of(new byte[2_000]));
    }

    @Test
    void stringsOfAnySizeAreCarriedAndRepaired() {
        for (int i = 0; i < 40; i++) {
            a.announce(a.owner, i + "x".repeat(60_000), i);
        }
        connected();
        network.run(500);
        assertAgree(a, a.owner, b, c);
        network.lost = 100;
        for (int i = 0; i < 40; i++) {
            a.announce(a.owner, i + "y".repeat(60_000), i);
        }
        network.run(5);
        network.lost = 0;
        network.run(2_000);
        assertAgree(a, a.owner, b, c);
    }

    @Test
    void whoWaitsIsLetGoWhenTheNodeStops() {
        connected();
        network.block(a.id, b.id, true);
        a.announce(a.owner, "x", 0);
        CompletableFuture<Void> waiting = reachedPeers(a);
        network.run(5);
        CompletableFuture<Void> gathering = reachedPeers(a);
        a.run(() -> a.interest.close());
        assertTrue(waiting.isDone());
        assertTrue(gathering.isDone());
        assertTrue(reachedInThisTurn(a));
    }

    /** A change that the real speaker has not made, under a version that continues. */
    private byte[] forged() {
        Announcer announcer = a.announcers.get(a.owner);
        return MessageCodec.encode(
                new Message.Changes(
                        announcer.reign(),
                        announcer.version() + 1,
                        List.of(new Change.Add("forged", Attributes.NONE))));
    }

    private static Set<SharedPages.PageKey> pagesOf(SimNode node, Owner owner) {
        Set<SharedPages.PageKey> pages = new HashSet<>();
        StringHash hash = StringHash.keyedBy("secret");
        for (Change.Add each : node.announcers.get(owner).table().wants(Range.ALL)) {
            pages.add(new SharedPages.PageKey(owner, Pages.numberOf(hash.of(each.string()))));
        }
        return pages;
    }

    private void connected() {
        network.connectAll();
        network.run(20);
    }

    private void lead(SimNode node, int term, int strings) {
        node.speakFor(SHARD, new Epoch(1, term));
        many(node, SHARD, strings);
        node.run(() -> node.announcers.get(SHARD).begin());
    }

    private static void many(SimNode node, Owner owner, int strings) {
        many(node, owner, 0, strings);
    }

    private static void many(SimNode node, Owner owner, int from, int to) {
        node.run(
                () -> {
                    for (int i = from; i < to; i++) {
                        node.announcers
                                .get(owner)
                                .announce("s/" + i, SimNode.attributes(i % 10 == 0 ? 1 : 0));
                    }
                });
    }

    private static CompletableFuture<Void> reachedPeers(SimNode node) {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        node.run(() -> node.interest.reachedPeers().thenRun(() -> reached.complete(null)));
        return reached;
    }

    private static boolean isLevel(SimNode node, SimNode peer) {
        boolean[] level = new boolean[1];
        node.run(() -> level[0] = node.interest.isLevel(peer.id));
        return level[0];
    }

    private static boolean reachedInThisTurn(SimNode node) {
        CompletableFuture<Void> reached = reachedPeers(node);
        node.turn();
        return reached.isDone();
    }

    private static void assertAgree(SimNode speaker, Owner owner, SimNode... listeners) {
        Map<String, Attributes> expected = new HashMap<>();
        speaker.run(
                () ->
                        speaker.announcers
                                .get(owner)
                                .table()
                                .wants(Range.ALL)
                                .forEach(each -> expected.put(each.string(), each.attributes())));
        for (SimNode each : listeners) {
            Set<String> missing = new HashSet<>(expected.keySet());
            missing.removeAll(each.applied(owner).keySet());
            assertEquals(Set.of(), missing, "missing on " + each.id);
            assertEquals(expected, each.applied(owner), "on " + each.id);
        }
    }
}
