package io.carillon.cluster.interest;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import io.carillon.loop.ManualClock;
import io.carillon.loop.ManualLoop;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What sharing a million strings costs: two nodes in one thread, messages as bytes, no network. Run
 * by hand; the number of strings is the argument.
 */
final class InterestFigures {
    private static final InterestSettings SETTINGS = InterestSettings.of("secret");

    private final ManualClock clock = new ManualClock(0);
    private final Map<SharedPages.PageKey, byte[]> sharedMap = new HashMap<>();
    private final Node a = new Node("a");
    private final Node b = new Node("b");
    private boolean losing;
    private long messages;
    private long bytes;

    private final class Node implements SharedPages {
        final NodeId id;
        final ManualLoop loop;
        final ArrayDeque<byte[]> arriving = new ArrayDeque<>();
        final Interest interest;
        final Announcer announcer;
        long told;

        Node(String name) {
            id = new NodeId(name);
            loop = new ManualLoop("cluster-" + name, clock);
            interest =
                    call(
                            () ->
                                    new Interest(
                                            id,
                                            loop,
                                            this::send,
                                            this,
                                            (_, changes) -> told += changes.size(),
                                            PriorWork.NONE,
                                            SETTINGS,
                                            _ -> 0));
            announcer = call(() -> interest.speakFor(new Owner.OfNode(id), new Epoch(1, 1)));
            call(
                    () -> {
                        announcer.begin();
                        return this;
                    });
        }

        private boolean send(NodeId to, byte[] message) {
            messages++;
            bytes += message.length;
            if (!losing) {
                (to.equals(a.id) ? a : b).arriving.add(message);
            }
            return true;
        }

        <T> T call(java.util.function.Supplier<T> task) {
            Object[] result = new Object[1];
            loop.execute(() -> result[0] = task.get());
            loop.runTurn();
            @SuppressWarnings("unchecked")
            T typed = (T) result[0];
            return typed;
        }

        boolean turn(Node from) {
            boolean busy = !arriving.isEmpty();
            while (!arriving.isEmpty()) {
                byte[] message = arriving.remove();
                loop.execute(() -> interest.received(from.id, ByteBuffer.wrap(message)));
            }
            return loop.runTurn() | busy;
        }

        @Override
        public CompletionStage<Void> write(java.util.List<Page> pages) {
            for (Page page : pages) {
                byte @Nullable [] content = page.content();
                if (content != null) {
                    sharedMap.put(page.key(), content);
                }
            }
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<byte @Nullable []> read(NodeId writer, PageKey key) {
            return CompletableFuture.completedFuture(sharedMap.get(key));
        }
    }

    public static void main(String[] args) {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        for (int i = 0; i < 2; i++) {
            System.out.println("--- round " + (i + 1));
            new InterestFigures().run(count);
        }
    }

    private void run(int count) {
        String[] strings = new String[count];
        Arrays.setAll(strings, i -> "site-" + i % 100 + "/device-" + i + "/state");
        long withStrings = heap();

        long nanos = time(() -> announce(a, strings, 1_024));
        report("announce alone", nanos, count);
        long alone = heap();
        System.out.printf(
                "heap of the speaker: %.1f bytes a string%n",
                (double) (alone - withStrings) / count);

        connect();
        nanos = time(this::settle);
        report("from nothing, by stream", nanos, count);
        long both = heap();
        System.out.printf(
                "heap of the listener: %.1f bytes a string, table %.1f, the rest is strings%n",
                (double) (both - alone) / count,
                (double) b.call(b.interest::stats).tableBytes() / count);

        losing = true;
        for (int i = 0; i < 10; i++) {
            String lost = strings[i * (count / 10)];
            a.call(
                    () -> {
                        a.announcer.withdraw(lost);
                        return a;
                    });
        }
        losing = false;
        nanos = time(this::reconcile);
        report("ten lost of " + count, nanos, 10);

        nanos = time(() -> withdrawAndAnnounce(strings, 100_000, 1));
        report("change, one a turn, each confirmed", nanos, 200_000);
        nanos = time(() -> withdrawAndAnnounce(strings, 500_000, 256));
        report("change, 256 a turn, each turn confirmed", nanos, 1_000_000);

        nanos = time(() -> barriers(200_000, 1, strings));
        report("change and barrier, one a turn", nanos, 200_000);
        nanos = time(() -> barriers(1_000_000, 100, strings));
        report("change and barrier, 100 a turn", nanos, 1_000_000);
        nanos = time(() -> idleBarriers(1_000_000));
        report("barrier where nothing is new, one a turn", nanos, 1_000_000);

        nanos = time(this::writePages);
        report("pages written to the shared map", nanos, sharedMap.size());
        System.out.printf(
                "shared map: %.1f bytes a string in %d pages%n",
                (double) sharedMap.values().stream().mapToLong(each -> each.length).sum() / count,
                sharedMap.size());

        disconnect();
        nanos =
                time(
                        () -> {
                            b.call(
                                    () -> {
                                        b.interest.forget(a.announcer.owner());
                                        return b;
                                    });
                            settle();
                        });
        report("forgotten", nanos, count);
        connect();
        nanos = time(this::settle);
        report("from nothing, by shared map", nanos, count);
        long known = b.call(b.interest::stats).knownStrings();
        if (known != a.announcer.table().size()) {
            throw new IllegalStateException(known + " strings are known");
        }
    }

    private void announce(Node node, String[] strings, int perTurn) {
        for (int from = 0; from < strings.length; from += perTurn) {
            int start = from;
            node.call(
                    () -> {
                        for (int i = start; i < Math.min(strings.length, start + perTurn); i++) {
                            node.announcer.announce(strings[i], Attributes.NONE);
                        }
                        return node;
                    });
        }
    }

    private void withdrawAndAnnounce(String[] strings, int count, int perTurn) {
        for (int from = 0; from < count; from += perTurn) {
            int start = from;
            a.call(
                    () -> {
                        for (int i = start; i < start + perTurn; i++) {
                            a.announcer.withdraw(strings[i % strings.length]);
                        }
                        return a;
                    });
            a.call(
                    () -> {
                        for (int i = start; i < start + perTurn; i++) {
                            a.announcer.announce(strings[i % strings.length], Attributes.NONE);
                        }
                        return a;
                    });
            settle();
        }
    }

    private void barriers(int count, int perTurn, String[] strings) {
        int[] done = new int[1];
        for (int i = 0; i < count; i += perTurn) {
            int start = i;
            a.call(
                    () -> {
                        for (int j = start; j < start + perTurn; j++) {
                            Attributes attributes =
                                    Attributes.of(new byte[] {(byte) j, (byte) (j >> 8)});
                            a.announcer.announce(strings[j % 1_000], attributes);
                            a.interest.reachedPeers().thenRun(() -> done[0]++);
                        }
                        return a;
                    });
            settle();
        }
        if (done[0] != count) {
            throw new IllegalStateException(done[0] + " barriers of " + count);
        }
    }

    private void idleBarriers(int count) {
        for (int i = 0; i < count; i++) {
            a.call(a.interest::reachedPeers);
        }
    }

    private void writePages() {
        while (sharedMap.size() < SharedPages.PAGES || !a.announcer.unwrittenPages().isEmpty()) {
            reconcile();
        }
    }

    /** Lets the time of a tick pass, twice. */
    private void reconcile() {
        for (int i = 0; i < 2; i++) {
            clock.advanceMillis(SETTINGS.tickMillis());
            settle();
        }
    }

    private void connect() {
        a.loop.execute(() -> a.interest.peerUp(b.id));
        b.loop.execute(() -> b.interest.peerUp(a.id));
    }

    private void disconnect() {
        settle();
        a.loop.execute(() -> a.interest.peerDown(b.id));
        b.loop.execute(() -> b.interest.peerDown(a.id));
        settle();
    }

    private void settle() {
        while (a.turn(b) | b.turn(a)) {
            // until nothing is left to do
        }
    }

    private long time(Runnable task) {
        messages = 0;
        bytes = 0;
        long start = System.nanoTime();
        task.run();
        return System.nanoTime() - start;
    }

    private void report(String what, long nanos, long count) {
        System.out.printf(
                "%-42s %9.1f ms, %7.2f us each, %,d messages, %,d bytes%n",
                what, nanos / 1e6, nanos / 1e3 / count, messages, bytes);
    }

    private static long heap() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
