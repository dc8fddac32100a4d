package io.carillon.clusterbench;

import io.carillon.compare.CompareException;
import io.carillon.compare.Project;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** What is timed by itself: forming, taking over, subscribing, failing over, draining. */
final class Moments {
    /** Spread over 16 shards by hash, so that none is without one. */
    private static final int SESSIONS = 96;

    private static final int FAILOVER_SECONDS_MAX = 60;
    private static final int DRAIN_SECONDS = 300;
    private static final int RETRY_MILLIS = 10;

    private final Project project;
    private final Page page;

    Moments(Project project, Page page) {
        this.project = project;
        this.page = page;
    }

    /** From nothing, and from the disks after all were killed at once, until all are ready. */
    void form(int rounds) throws CompareException, InterruptedException {
        Times first = new Times();
        Times again = new Times();
        for (int i = 0; i < rounds; i++) {
            try (Nodes nodes = Nodes.of(project, 3)) {
                first.add(startNanos(nodes));
                nodes.kill();
                again.add(startNanos(nodes));
            }
        }
        page.time("form, new", "three nodes", first);
        page.time("form, all killed before", "three nodes", again);
    }

    private static long startNanos(Nodes nodes) throws CompareException, InterruptedException {
        long began = System.nanoTime();
        nodes.start();
        return System.nanoTime() - began;
    }

    /** One client id goes from node to node while its last connection is open. */
    void takeover(Nodes nodes, String where, int count) throws IOException {
        Times times = new Times();
        List<Node> all = nodes.all();
        QuickClient last = new QuickClient(all.getFirst().mqtt());
        last.connect("wanderer");
        for (int i = 1; i <= 2 * count; i++) {
            QuickClient next = new QuickClient(all.get(i % all.size()).mqtt());
            long began = System.nanoTime();
            if (!next.connect("wanderer")) {
                page.note("FAULT: a session was not there at a takeover, " + where);
            }
            if (i > count) { // The first half is for warming up.
                times.add(System.nanoTime() - began);
            }
            last.close();
            last = next;
        }
        last.close();
        page.time("takeover, CONNECT to CONNACK", where, times);
    }

    /** Each filter is a new one, so that all nodes are to know it. */
    void subscribe(Nodes nodes, String where, int count) throws IOException {
        Times times = new Times();
        int number = 0;
        for (Node node : nodes.all()) {
            try (QuickClient client = new QuickClient(node.mqtt())) {
                client.connect("subscriber");
                for (int i = 0; i < 2 * count; i++) {
                    long began = System.nanoTime();
                    client.subscribe("suback/" + number++);
                    if (i >= count) {
                        times.add(System.nanoTime() - began);
                    }
                }
            }
        }
        page.time("SUBSCRIBE to SUBACK", where, times);
    }

    /** From kill -9 of each node in turn until sessions of all shards can be attached. */
    void failover(Nodes nodes, int rounds)
            throws CompareException, IOException, InterruptedException {
        for (int i = 0; i < SESSIONS; i++) {
            try (QuickClient client = new QuickClient(nodes.all().getFirst().mqtt())) {
                client.connect("session-" + i);
            }
        }
        Times times = new Times();
        for (int round = 0; round < rounds; round++) {
            Node victim = nodes.all().get(round % nodes.all().size());
            List<Node> others = nodes.others(victim);
            victim.kill();
            times.add(untilAllAnswer(others));
            nodes.start();
        }
        page.time("kill -9 until all shards answer", "three nodes", times);
    }

    private static long untilAllAnswer(List<Node> nodes) throws CompareException {
        long began = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                String clientId = "session-" + i;
                InetSocketAddress at = nodes.get(i % nodes.size()).mqtt();
                all.add(CompletableFuture.runAsync(() -> untilAnswers(clientId, at), threads));
            }
            all.forEach(CompletableFuture::join);
            return System.nanoTime() - began;
        } catch (CompletionException e) {
            throw new CompareException(String.valueOf(e.getMessage()), e);
        }
    }

    private static void untilAnswers(String clientId, InetSocketAddress at) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(FAILOVER_SECONDS_MAX);
        while (true) {
            try (QuickClient client = new QuickClient(at)) {
                if (!client.connect(clientId)) {
                    throw new IllegalStateException(clientId + " has lost its session");
                }
                return;
            } catch (IOException e) {
                if (System.nanoTime() > until) {
                    throw new IllegalStateException(clientId + " is not served: " + e, e);
                }
                pause();
            }
        }
    }

    /** From SIGTERM until the process has ended, with that many clients connected to it. */
    void drain(Nodes nodes, int clients)
            throws CompareException, IOException, InterruptedException {
        Node leaving = nodes.all().getFirst();
        Path log = project.work().resolve("idle.log");
        Process load =
                new ProcessBuilder(
                                project.generator().toString(),
                                "idle",
                                "--connections",
                                Integer.toString(clients),
                                "--seconds",
                                Integer.toString(DRAIN_SECONDS),
                                "--address",
                                leaving.hostAndPort())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            while (leaving.metric("carillon_connections") < clients) {
                if (load.waitFor(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw new CompareException("the idle clients ended early; see " + log);
                }
            }
            Times times = new Times();
            long began = System.nanoTime();
            leaving.terminate();
            times.add(System.nanoTime() - began);
            page.time("drain with %,d clients".formatted(clients), "one of three nodes", times);
        } finally {
            load.destroyForcibly();
        }
        nodes.start();
    }

    private static void pause() {
        try {
            // Nobody counts down: this is a pause.
            boolean _ = new CountDownLatch(1).await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
