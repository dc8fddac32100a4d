package io.carillon.cluster.link.grpc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.cluster.link.Delivery;
import io.carillon.cluster.link.PeerLink;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes of this process over real connections. */
@Timeout(60)
class GrpcLinksTest {
    private static final byte KIND = 3;

    @Test
    void twoNodesTalkBothWays() throws Exception {
        try (GrpcNode a = GrpcNode.start("a");
                GrpcNode b = GrpcNode.start("b")) {
            PeerLink ab = a.to(b);
            PeerLink ba = b.to(a);
            a.expect("up b 1");
            b.expect("up a 1");
            for (int i = 0; i < 10_000; i++) {
                keep(ab, i);
                assertTrue(ba.offer(Delivery.LOSSY, KIND, number(i)));
            }
            ab.flush();
            ba.flush();
            b.expectNumbers(0, 10_000);
            a.expectNumbers(0, 10_000);
            byte[] body = new byte[1_000_000];
            body[999_999] = 7;
            byte[] answer =
                    ab.call(KIND, body, 20_000).get(GrpcNode.WAIT_SECONDS, TimeUnit.SECONDS);
            assertArrayEquals(body, answer);
            assertTrue(ab.stats().framesOut() < 10_000);
        }
    }

    @Test
    void eachThreadsMessagesKeepTheirOrder() throws Exception {
        int threads = 4;
        int each = 30_000;
        try (GrpcNode a = GrpcNode.start("a");
                GrpcNode b = GrpcNode.start("b")) {
            PeerLink ab = a.to(b);
            a.expect("up b 1");
            for (int i = 0; i < threads; i++) {
                int first = i * each;
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    for (int j = first; j < first + each; j++) {
                                        keep(ab, j);
                                        if (j % 7 == 0) {
                                            ab.flush();
                                        }
                                    }
                                    ab.flush();
                                });
            }
            int[] next = new int[threads];
            for (int i = 0; i < threads * each; i++) {
                Integer number = b.numbers.poll(GrpcNode.WAIT_SECONDS, TimeUnit.SECONDS);
                assertNotNull(number);
                assertEquals(next[number / each]++, number % each);
            }
        }
    }

    @Test
    void callsFailWhenThePeerStops() throws Exception {
        try (GrpcNode a = GrpcNode.start("a")) {
            PeerLink ab;
            try (GrpcNode b = GrpcNode.start("b")) {
                ab = a.to(b);
                a.expect("up b 1");
            }
            a.expect("down b");
            ExecutionException e =
                    assertThrows(
                            ExecutionException.class,
                            () -> ab.call(KIND, number(1), 1_000).get(5, TimeUnit.SECONDS));
            assertTrue(e.getMessage().contains("node b"), e.getMessage());
        }
    }

    @Test
    void whatIsKeptSurvivesCutsInItsOrder() throws Exception {
        int count = 60_000;
        try (GrpcNode a = GrpcNode.start("a");
                GrpcNode b = GrpcNode.start("b");
                TcpProxy proxy = new TcpProxy(b.grpc.address())) {
            PeerLink ab = a.to("b", proxy.address());
            a.expect("up b 1");
            int seen = 0;
            for (int i = 0; i < count; i++) {
                keep(ab, i);
                if (i % 50 == 0) {
                    ab.flush();
                }
                if (i % 10_000 == 5_000) {
                    b.expectNumbers(seen, i - 4_000);
                    seen = i - 4_000;
                    proxy.cut();
                }
            }
            ab.flush();
            b.expectNumbers(seen, count);
        }
    }

    @Test
    void aSilentNetworkIsNoticedAndTheLinkResumesWhenItHeals() throws Exception {
        try (GrpcNode a = GrpcNode.start("a");
                GrpcNode b = GrpcNode.start("b");
                TcpProxy proxy = new TcpProxy(b.grpc.address())) {
            PeerLink ab = a.to("b", proxy.address());
            a.expect("up b 1");
            proxy.swallow(true);
            keep(ab, 0);
            ab.flush();
            long start = System.nanoTime();
            a.expect("down b");
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            assertTrue(millis >= 1_500, "after " + millis + " ms");
            proxy.swallow(false);
            a.expect("up b 1");
            b.expectNumbers(0, 1);
        }
    }

    @Test
    void aPeerThatStopsReadingStopsTheSenderWithinItsBounds() throws Exception {
        try (GrpcNode a = GrpcNode.start("a");
                GrpcNode b = GrpcNode.start("b")) {
            PeerLink ab = a.to(b);
            a.expect("up b 1");
            b.slow = true;
            byte[] body = new byte[10_000];
            int taken = 0;
            boolean congested = false;
            while (ab.offer(Delivery.KEPT, KIND, body)) {
                taken++;
                congested |= ab.congested();
                ab.flush();
            }
            assertTrue(congested);
            assertEquals(4 * (1 << 20) / 10_064, taken);
            b.slow = false;
            while (b.numbers.size() < taken) { // what was handed over before it read again
                b.doneWithAll();
                Thread.onSpinWait();
            }
            assertEquals(taken, b.numbers.size());
        }
    }

    @Test
    void aNodeMayComeBackAsAnotherStartAtAnotherAddress() throws Exception {
        try (GrpcNode a = GrpcNode.start("a")) {
            PeerLink ab;
            try (GrpcNode b = GrpcNode.start("b")) {
                ab = a.to(b);
                a.expect("up b 1");
                b.slow = true;
                keep(ab, 0);
                ab.flush();
                b.expectNumbers(0, 1);
            }
            a.expect("down b");
            try (GrpcNode b = GrpcNode.start("b", 2)) {
                a.to(b);
                a.expect("returned b");
                a.expect("up b 2");
                assertEquals(1, a.returned.get());
                keep(ab, 1);
                ab.flush();
                b.expectNumbers(1, 2);
            }
        }
    }

    @Test
    void aNodeOfAnotherClusterIsRefusedAndBothSidesSayWhy() throws Exception {
        try (RefusalTexts texts = new RefusalTexts();
                GrpcNode a = GrpcNode.start("a");
                GrpcNode b =
                        new GrpcNode("b", 0, GrpcNode.identity("b", "prod", 1), Optional.empty())) {
            a.to(b);
            String first = texts.next();
            String second = texts.next();
            for (String each : new String[] {first, second}) {
                assertTrue(each.contains("node a belongs to the cluster 'test'"), each);
                assertTrue(each.contains("node b to 'prod'"), each);
            }
            assertEquals(
                    1,
                    (first.contains("refuses this node") ? 1 : 0)
                            + (second.contains("refuses this node") ? 1 : 0));
            assertTrue(a.events.isEmpty());
        }
    }

    @Test
    void anAddressInUseIsNamed() throws Exception {
        try (GrpcNode a = GrpcNode.start("a")) {
            int port = a.grpc.address().getPort();
            LinkException e =
                    assertThrows(
                            LinkException.class,
                            () ->
                                    new GrpcNode(
                                            "b",
                                            port,
                                            GrpcNode.identity("b", "test", 1),
                                            Optional.empty()));
            assertTrue(e.getMessage().contains(Integer.toString(port)), e.getMessage());
            assertTrue(e.getMessage().contains("cluster.peerBind"), e.getMessage());
        }
    }

    @Test
    void whoSpeaksSomethingElseDoesNoHarm() throws Exception {
        try (GrpcNode a = GrpcNode.start("a");
                GrpcNode b = GrpcNode.start("b");
                Socket stranger = new Socket("127.0.0.1", b.grpc.address().getPort())) {
            stranger.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes());
            stranger.getOutputStream().write(new byte[100_000]);
            PeerLink ab = a.to(b);
            a.expect("up b 1");
            keep(ab, 5);
            ab.flush();
            b.expectNumbers(5, 6);
            assertFalse(ab.congested());
        }
    }

    private static void keep(PeerLink link, int number) {
        while (!link.offer(Delivery.KEPT, KIND, number(number))) {
            link.flush();
            Thread.onSpinWait();
        }
    }

    private static byte[] number(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }
}
