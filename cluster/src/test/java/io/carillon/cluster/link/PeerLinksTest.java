package io.carillon.cluster.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.cluster.DiskId;
import io.carillon.cluster.Incarnation;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two or three nodes on one thread, over a network that does what the test says. */
class PeerLinksTest {
    private static final String LONG = "x".repeat(900);

    /** Longer than an acknowledgement waits. */
    private static final long ACK_MILLIS = 110;

    private final SimNet net = new SimNet();
    private final SimNode n1 = SimNode.start(net, 1);
    private SimNode n2 = SimNode.start(net, 2);

    @Test
    void whatATurnOffersGoesAsOneBatchInItsOrder() {
        PeerLink link = up();
        n1.loop.execute(
                () -> {
                    for (int i = 0; i < 10; i++) {
                        assertTrue(i % 2 == 0 ? n1.keep(2, "m" + i) : n1.toss(2, "m" + i));
                    }
                    n1.links.flush();
                });
        net.run(ACK_MILLIS);
        assertEquals(IntStream.range(0, 10).mapToObj(i -> "m" + i).toList(), n2.received);
        assertEquals(List.of(10), n2.batchSizes);
        assertEquals(1, link.stats().framesOut());
        assertEquals(10, link.stats().messagesOut());
        assertEquals(0, link.stats().keptBytes());
    }

    @Test
    void aForgottenFlushIsMadeUpForByTheHeartbeat() {
        up();
        n1.keep(2, "a");
        net.settle();
        assertEquals(List.of(), n2.received);
        net.run(600);
        assertEquals(List.of("a"), n2.received);
    }

    @Test
    void keptMessagesWaitForAPeerThatIsDownLossyOnesDoNot() {
        n2.refusesConnections = true;
        PeerLink link = n1.to(2);
        net.run(ACK_MILLIS);
        assertFalse(link.isUp());
        assertTrue(n1.keep(2, "kept"));
        assertFalse(n1.toss(2, "lossy"));
        assertEquals(1, link.stats().droppedLossy());
        n2.refusesConnections = false;
        net.run(3_000);
        assertEquals(List.of("kept"), n2.received);
        assertEquals(List.of("up n2 1"), n1.events);
    }

    @Test
    void afterACutItGoesOnWhereItWas() {
        PeerLink link = up();
        n2.slow = true; // nothing is acknowledged
        keepAndFlush("a", "b");
        net.settle();
        net.pipes.getFirst().hangs = true;
        keepAndFlush("c", "d"); // on its way when the connection breaks
        net.settle();
        net.pipes.getFirst().cut();
        net.run(200);
        assertEquals(List.of("a", "b", "c", "d"), n2.received);
        assertEquals(2, link.stats().resent());
        assertTrue(link.stats().keptBytes() > 0);
        n2.doneWithAll();
        net.run(ACK_MILLIS);
        assertEquals(0, link.stats().keptBytes());
        assertEquals(List.of("up n2 1", "down n2", "up n2 1"), n1.events);
    }

    @Test
    void whatAnEarlierStartOfThePeerIsNotDoneWithComesBackBeforeTheNextIsUp() {
        up();
        n2.slow = true;
        keepAndFlush("a", "b");
        net.settle();
        n2.undone.remove().done();
        net.run(ACK_MILLIS);
        keepAndFlush("c");
        net.settle();
        restart2(2);
        keepAndFlush("d"); // while it is down
        net.run(5_000);
        assertEquals(List.of("c", "d"), n1.returned);
        assertEquals(List.of("up n2 1", "down n2", "returned n2 2", "up n2 2"), n1.events);
        keepAndFlush("e");
        net.settle();
        assertEquals(List.of("e"), n2.received);
    }

    @Test
    void aPeerThatForgotWhatItHadBeginsToCountAnew() {
        PeerLink link = up();
        keepAndFlush("a");
        net.run(ACK_MILLIS);
        n2.slow = true;
        keepAndFlush("b");
        net.run(ACK_MILLIS);
        net.pipes.forEach(SimNet.Pipe::cut);
        net.settle();
        n2 = new SimNode(net, 2, n2.identity, Versions.OURS); // the same start, and no memory
        net.run(1_000);
        assertEquals(List.of("b"), n1.returned);
        keepAndFlush("c");
        net.run(ACK_MILLIS);
        assertEquals(List.of("c"), n2.received);
        assertEquals(0, link.stats().keptBytes());
    }

    @Test
    void whoIsGivenUpGivesBackWhatIsKept() {
        PeerLink link = up();
        n2.slow = true;
        keepAndFlush("a");
        net.settle();
        link.offer(Delivery.KEPT, (byte) 1, SimNode.bytes("b"));
        n1.links.disconnect(SimNode.id(2));
        net.settle();
        assertEquals(List.of("a", "b"), n1.returned);
        assertFalse(link.offer(Delivery.KEPT, (byte) 1, SimNode.bytes("c")));
        assertEquals(1, link.stats().refusedKept());
        assertEquals(List.of("up n2 1", "down n2", "returned n2 2"), n1.events);
        // It begins to count anew: the peer still knows what it had.
        up();
        keepAndFlush("d");
        net.settle();
        assertEquals(List.of("a", "d"), n2.received);
    }

    @Test
    void aSlowHandlerStopsTheFlowAndTheBufferHasItsBounds() {
        PeerLink link = up();
        n2.slow = true;
        int taken = 0;
        boolean congestedBefore = false;
        while (n1.keep(2, LONG)) {
            taken++;
            congestedBefore |= link.congested();
            link.flush();
            net.settle();
        }
        assertEquals(20_000 / 964, taken);
        assertTrue(congestedBefore);
        int held = n2.undone.stream().mapToInt(Batch::bytes).sum();
        assertTrue(held < 6_000 + 1_000, "held " + held);
        net.run(60_000); // for all that time it is not taken for gone
        assertEquals(List.of("up n2 1"), n1.events);
        n2.slow = false;
        n2.doneWithAll();
        net.run(ACK_MILLIS);
        assertEquals(taken, n2.received.size());
        assertFalse(link.congested());
    }

    @Test
    void lossyMessagesAreDroppedAboveTheirBound() {
        PeerLink link = up();
        n2.slow = true;
        int taken = 0;
        while (n1.toss(2, LONG) && taken < 1_000) {
            taken++;
            link.flush();
            net.settle();
        }
        assertTrue(taken < 40, "taken " + taken);
        assertEquals(1, link.stats().droppedLossy());
        assertTrue(link.stats().waitingBytes() <= 10_000);
    }

    @Test
    void anyBodyUpToTheLargestGoesThrough() {
        PeerLink link = up();
        assertTrue(n1.keep(2, "y".repeat(8_000)));
        assertThrows(IllegalArgumentException.class, () -> n1.keep(2, "y".repeat(8_001)));
        assertTrue(n1.toss(2, ""));
        link.flush();
        net.settle();
        assertEquals(List.of("y".repeat(8_000), ""), n2.received);
    }

    @Test
    void aCallComesAfterWhatWasOfferedBefore() {
        PeerLink link = up();
        n1.keep(2, "a");
        CompletableFuture<byte[]> result = link.call((byte) 7, SimNode.bytes("b"), 1_000);
        n1.keep(2, "c");
        link.flush();
        net.settle();
        assertEquals(List.of("a", "?b", "c"), n2.received);
        assertEquals("re b", new String(result.join()));
        assertEquals(0, link.stats().callsOpen());
    }

    @Test
    void aCallFailsForOneOfFourReasons() {
        PeerLink link = up();
        assertEquals(CallFailed.Reason.REFUSED, failure(call(link, "no")));
        n2.answers = false;
        CompletableFuture<byte[]> late = call(link, "a");
        net.run(999);
        assertFalse(late.isDone());
        net.run(1);
        assertEquals(CallFailed.Reason.TIMEOUT, failure(late));
        n2.answerAll(); // too late
        net.settle();

        List<CompletableFuture<byte[]>> open = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            open.add(call(link, "b"));
        }
        assertEquals(CallFailed.Reason.BUSY, failure(call(link, "c")));
        net.pipes.getFirst().cut();
        net.settle();
        open.forEach(each -> assertEquals(CallFailed.Reason.DOWN, failure(each)));
        assertEquals(CallFailed.Reason.DOWN, failure(call(link, "d")));
        assertEquals(0, link.stats().callsOpen());
        assertEquals(14, link.stats().callsFailed());
        n2.answers = true;
        net.run(3_000);
        n2.answerAll();
        net.settle();
        assertEquals("re e", new String(call(link, "e").join()));
    }

    @Test
    void aPeerThatHangsIsNoticedAndTriedAgain() {
        up();
        net.pipes.forEach(pipe -> pipe.hangs = true);
        CompletableFuture<byte[]> open = n1.to(2).call((byte) 1, SimNode.bytes("a"), 60_000);
        net.run(2_900);
        assertEquals(List.of("up n2 1"), n1.events);
        net.run(700);
        assertEquals(List.of("up n2 1", "down n2", "up n2 1"), n1.events);
        assertEquals(CallFailed.Reason.DOWN, failure(open));
    }

    @Test
    void theAddressMayChange() {
        n1.links.connect(SimNode.id(2), SimNet.address(9));
        net.run(100);
        assertEquals(List.of(), n1.events);
        n1.links.connect(SimNode.id(2), SimNet.address(2));
        net.settle();
        assertEquals(List.of("up n2 1"), n1.events);
        n1.links.connect(SimNode.id(2), SimNet.address(9)); // what stands remains
        net.run(5_000);
        assertEquals(List.of("up n2 1"), n1.events);
        assertThrows(
                IllegalArgumentException.class,
                () -> n1.links.connect(SimNode.id(1), SimNet.address(1)));
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        n1.links.connect(
                                SimNode.id(3),
                                InetSocketAddress.createUnresolved("host.example", 1)));
    }

    @Test
    void dialsFollowQuicklyAtFirstThenSeldom() {
        n2.refusesConnections = true;
        n1.to(2);
        int[] dials = new int[3];
        for (int second = 0; second < 30; second++) {
            int before = net.dials;
            net.run(1_000);
            dials[second / 10] += net.dials - before;
        }
        assertTrue(dials[0] >= 9 && dials[0] <= 20, "first ten seconds: " + dials[0]);
        assertTrue(dials[2] >= 4 && dials[2] <= 10, "last ten seconds: " + dials[2]);
    }

    @Test
    void whoDoesNotBelongIsRefusedAndTriesSeldom() {
        LinkIdentity other =
                new LinkIdentity(
                        SimNode.id(3),
                        "other",
                        16,
                        new Incarnation(SimNode.identity(3, 1).disk(), 1, 1));
        SimNode n3 = new SimNode(net, 3, other, Versions.OURS);
        n3.to(2);
        net.run(10_000);
        assertEquals(List.of(), n3.events);
        assertTrue(n3.links.refusals() >= 5 && n3.links.refusals() <= 10);
        assertEquals(n3.links.refusals(), n2.links.refusals());
    }

    @Test
    void aNodeWithAnEmptiedDiskIsAcceptedOnceTheOldOneIsGone() {
        up();
        n2.to(1);
        net.settle();
        LinkIdentity twin =
                new LinkIdentity(
                        SimNode.id(2), "test", 16, new Incarnation(new DiskId(7, 7), 1, 9));
        SimNode n9 = new SimNode(net, 9, twin, Versions.OURS);
        n9.to(1);
        net.run(20_000);
        assertEquals(List.of(), n9.events);
        assertTrue(n9.links.refusals() > 0);
        n2.dead = true;
        net.nodes.remove(2);
        net.pipes.forEach(SimNet.Pipe::cut);
        net.run(15_000);
        assertEquals(List.of("up n1 1"), n9.events);
        n1.links.connect(SimNode.id(2), SimNet.address(9));
        net.run(5_000);
        assertTrue(n1.links.link(SimNode.id(2)).orElseThrow().isUp());
    }

    @Test
    void twoReleasesUseTheHighestVersionThatBothSpeak() {
        SimNode n3 = new SimNode(net, 3, SimNode.identity(3, 1), new Versions(1, 4));
        n3.to(1);
        n1.to(3);
        SimNode n4 = new SimNode(net, 4, SimNode.identity(4, 1), new Versions(2, 4));
        n4.to(1);
        net.run(1_000);
        assertEquals(List.of("up n1 1"), n3.events);
        assertEquals(List.of("up n3 1"), n1.events);
        assertEquals(List.of(), n4.events);
        assertTrue(n4.links.refusals() > 0);
    }

    @Test
    void aHandlerThatThrowsDoesNotStopWhatComesAfter() {
        PeerLink link = up();
        n2.tap =
                batch -> {
                    if (SimNode.text(batch.messages().getFirst()).equals("bad")) {
                        throw new IllegalStateException("as the test wants it");
                    }
                };
        keepAndFlush("bad");
        net.settle();
        keepAndFlush("good");
        net.run(ACK_MILLIS);
        assertEquals(List.of("good"), n2.received);
        assertEquals(0, link.stats().keptBytes());
    }

    private PeerLink up() {
        PeerLink link = n1.to(2);
        net.settle();
        assertTrue(link.isUp());
        return link;
    }

    private void restart2(long boot) {
        net.pipes.forEach(SimNet.Pipe::cut);
        net.settle();
        n2 = SimNode.start(net, 2, boot);
    }

    private void keepAndFlush(String... texts) {
        for (String each : texts) {
            assertTrue(n1.keep(2, each));
        }
        n1.links.flush();
    }

    private CompletableFuture<byte[]> call(PeerLink link, String text) {
        CompletableFuture<byte[]> result = link.call((byte) 1, SimNode.bytes(text), 1_000);
        net.settle();
        return result;
    }

    private static CallFailed.Reason failure(CompletableFuture<byte[]> call) {
        assertTrue(call.isDone());
        CompletionException e = assertThrows(CompletionException.class, call::join);
        return assertInstanceOf(CallFailed.class, e.getCause()).reason();
    }
}
