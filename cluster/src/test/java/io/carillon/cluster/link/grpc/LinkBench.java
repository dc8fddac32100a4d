package io.carillon.cluster.link.grpc;

import io.carillon.cluster.Incarnation;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.link.Batch;
import io.carillon.cluster.link.Delivery;
import io.carillon.cluster.link.Kept;
import io.carillon.cluster.link.LinkSettings;
import io.carillon.cluster.link.LinkStats;
import io.carillon.cluster.link.Message;
import io.carillon.cluster.link.PeerHandler;
import io.carillon.cluster.link.PeerLink;
import io.carillon.cluster.link.PeerListener;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures a link between two nodes of one process over loopback: messages of 100 bytes and the CPU
 * of each side's thread, then the latency of calls. Arguments: seconds, messages per flush, and for
 * TLS a folder with {@code a.pem}, {@code a.key} and {@code ca.pem}.
 */
final class LinkBench {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Fewer than any buffer of the link would refuse. */
    private static final int UNDERWAY_MAX = 40_000;

    private LinkBench() {}

    /** Counts, and echoes calls. */
    private static final class End implements PeerHandler, PeerListener {
        final AtomicLong received = new AtomicLong();
        final CountDownLatch up = new CountDownLatch(1);
        volatile long threadId;

        @Override
        public void received(Batch batch) {
            threadId = Thread.currentThread().threadId();
            for (Message each : batch.messages()) {
                if (each instanceof Message.Asked asked) {
                    byte[] body = new byte[asked.body().remaining()];
                    asked.body().get(body);
                    asked.answer(body);
                }
            }
            received.lazySet(received.get() + batch.messages().size());
            batch.done();
        }

        @Override
        public void up(NodeId peer, Incarnation incarnation) {
            threadId = Thread.currentThread().threadId();
            up.countDown();
        }

        @Override
        public void down(NodeId peer, String reason) {}

        @Override
        public void returned(NodeId peer, List<Kept> messages) {}
    }

    public static void main(String[] args) throws Exception {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        int perFlush = args.length > 1 ? Integer.parseInt(args[1]) : 64;
        Optional<LinkTls> tls =
                args.length > 2
                        ? Optional.of(
                                new LinkTls(
                                        Path.of(args[2], "a.pem"),
                                        Path.of(args[2], "a.key"),
                                        Path.of(args[2], "ca.pem")))
                        : Optional.empty();
        End a = new End();
        End b = new End();
        try (GrpcLinks from = start("a", tls, a);
                GrpcLinks to = start("b", tls, b)) {
            PeerLink link = from.links().connect(new NodeId("b"), to.address());
            a.up.await();
            calls(link, 1, 1);
            for (Delivery delivery : Delivery.values()) {
                messages(link, delivery, a, b, perFlush, 0, seconds); // warm-up
                String line = messages(link, delivery, a, b, perFlush, 0, seconds);
                System.out.println(delivery + ": " + line);
            }
            String line = messages(link, Delivery.KEPT, a, b, 4, 50_000, seconds);
            System.out.println("KEPT, 4 at a time with pauses: " + line);
            calls(link, 1, 20_000);
            System.out.println("calls, 1 open: " + calls(link, 1, 30_000));
            System.out.println("calls, 64 open: " + calls(link, 64, 300_000));
        }
    }

    private static GrpcLinks start(String name, Optional<LinkTls> tls, End end) throws Exception {
        return GrpcLinks.start(
                GrpcNode.local(0),
                tls,
                GrpcNode.identity(name, "bench", 1),
                LinkSettings.DEFAULTS,
                end,
                end);
    }

    private static String messages(
            PeerLink link,
            Delivery delivery,
            End a,
            End b,
            int perFlush,
            long pauseNanos,
            int seconds) {
        byte[] body = new byte[100];
        long receivedBefore = b.received.get();
        LinkStats before = link.stats();
        long start = System.nanoTime();
        long cpuA = THREADS.getThreadCpuTime(a.threadId);
        long cpuB = THREADS.getThreadCpuTime(b.threadId);
        long cpuSelf = THREADS.getCurrentThreadCpuTime();
        long sent = 0;
        while (System.nanoTime() - start < seconds * 1_000_000_000L) {
            if (sent - (b.received.get() - receivedBefore) > UNDERWAY_MAX) {
                LockSupport.parkNanos(100_000);
                continue;
            }
            for (int i = 0; i < perFlush; i++) {
                if (link.offer(delivery, (byte) 1, body)) {
                    sent++;
                }
            }
            link.flush();
            if (pauseNanos > 0) {
                LockSupport.parkNanos(pauseNanos);
            }
        }
        while (b.received.get() - receivedBefore < sent) {
            LockSupport.parkNanos(100_000);
        }
        double nanos = System.nanoTime() - start;
        LinkStats after = link.stats();
        long frames = after.framesOut() - before.framesOut();
        return "%,.0f messages/s, %,.0f a frame; ns of CPU per message: a %.0f, b %.0f, offering %.0f"
                .formatted(
                        sent / nanos * 1e9,
                        (double) sent / frames,
                        (THREADS.getThreadCpuTime(a.threadId) - cpuA) / (double) sent,
                        (THREADS.getThreadCpuTime(b.threadId) - cpuB) / (double) sent,
                        (THREADS.getCurrentThreadCpuTime() - cpuSelf) / (double) sent);
    }

    private static String calls(PeerLink link, int open, int count) throws Exception {
        byte[] body = new byte[100];
        long[] nanos = new long[count];
        Semaphore permits = new Semaphore(open);
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            permits.acquire();
            int number = i;
            long began = System.nanoTime();
            CompletableFuture<byte[]> result = link.call((byte) 1, body, 10_000);
            result.whenComplete(
                    (_, _) -> {
                        nanos[number] = System.nanoTime() - began;
                        permits.release();
                    });
        }
        permits.acquire(open);
        double seconds = (System.nanoTime() - start) / 1e9;
        Arrays.sort(nanos);
        return "%,.0f/s, p50 %d us, p99 %d us"
                .formatted(
                        count / seconds, nanos[count / 2] / 1_000, nanos[count * 99 / 100] / 1_000);
    }
}
