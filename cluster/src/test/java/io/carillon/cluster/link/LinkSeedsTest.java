package io.carillon.cluster.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Three nodes that talk while connections are cut and hang, nodes start anew and handlers take
 * their time. What is promised is checked after each message and at the end. A failure names its
 * seed.
 */
class LinkSeedsTest {
    /** {@code -Dcarillon.link.seeds=5000} for a long run. */
    private static final int FIXED = Integer.getInteger("carillon.link.seeds", 40);

    private static final int RANDOM = 5;
    private static final int NODES = 3;
    private static final int STEPS = 300;

    static Stream<Long> seeds() {
        return Stream.concat(
                LongStream.range(0, FIXED).boxed(), new Random().longs(RANDOM).boxed());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void keptMessagesComeOnceOrComeBack(long seed) {
        new Run(seed).run();
    }

    /** What became of the messages of one start of one node to one peer. */
    private static final class Ledger {
        final SimNode sender;
        final List<String> taken = new ArrayList<>();
        final Set<String> delivered = new HashSet<>();
        final Set<String> returned = new HashSet<>();

        Ledger(SimNode sender) {
            this.sender = sender;
        }
    }

    private static final class Run {
        private final long seed;
        private final Random random;
        private final SimNet net;
        private final SimNode[] nodes = new SimNode[NODES + 1];
        private final long[] boots = new long[NODES + 1];
        private final Map<String, Ledger> ledgers = new HashMap<>();
        private final Map<CompletableFuture<byte[]>, String> calls = new HashMap<>();
        private int messages;

        Run(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.net = new SimNet(random);
        }

        void run() {
            for (int i = 1; i <= NODES; i++) {
                start(i);
            }
            for (int step = 0; step < STEPS; step++) {
                act();
                net.run(random.nextInt(8) == 0 ? random.nextInt(1_500) : random.nextInt(20));
                checkBounds();
            }
            heal();
            checkEnd();
        }

        private void start(int number) {
            SimNode node = SimNode.start(net, number, ++boots[number]);
            nodes[number] = node;
            Map<String, Integer> last = new HashMap<>();
            node.tap = batch -> batch.messages().forEach(each -> delivered(node, each, last));
            for (int peer = 1; peer <= NODES; peer++) {
                if (peer != number) {
                    ledgers.put(key(node, peer), new Ledger(node));
                    node.to(peer);
                }
            }
            node.returnedTap = text -> returned(node, text);
            node.slow = random.nextBoolean();
            node.answers = random.nextInt(4) > 0;
        }

        private void act() {
            int from = 1 + random.nextInt(NODES);
            int to = 1 + (from + random.nextInt(NODES - 1)) % NODES;
            SimNode node = nodes[from];
            switch (random.nextInt(20)) {
                case 0 -> pipe().ifPresent(SimNet.Pipe::cut);
                case 1 -> pipe().ifPresent(pipe -> pipe.hangs = true);
                case 2 -> pipe().ifPresent(pipe -> pipe.hangs = false);
                case 3 -> {
                    if (random.nextInt(4) == 0) {
                        restart(from);
                    }
                }
                case 4 -> node.refusesConnections = random.nextInt(3) == 0;
                case 5 -> node.slow = random.nextBoolean();
                case 6, 7 -> doneWithSome(node);
                case 8 -> node.answerAll();
                case 9 -> call(node, to);
                case 10 -> {
                    if (random.nextInt(4) == 0) { // given up, and found again
                        node.links.disconnect(SimNode.id(to));
                        node.to(to);
                    }
                }
                default -> offer(node, to, 1 + random.nextInt(12));
            }
        }

        private java.util.Optional<SimNet.Pipe> pipe() {
            return net.pipes.isEmpty()
                    ? java.util.Optional.empty()
                    : java.util.Optional.of(net.pipes.get(random.nextInt(net.pipes.size())));
        }

        /** What the old start was told is of no matter any more; its connections linger. */
        private void restart(int number) {
            ledgers.values().removeIf(each -> each.sender == nodes[number]);
            calls.clear();
            start(number);
        }

        private void offer(SimNode node, int to, int count) {
            Ledger ledger = ledgers.get(key(node, to));
            String padding = "x".repeat(random.nextInt(600));
            for (int i = 0; i < count; i++) {
                int number = ++messages;
                boolean kept = random.nextInt(4) > 0;
                String text = key(node, to) + (kept ? "/k/" : "/l/") + number + "/" + padding;
                if (kept && node.keep(to, text)) {
                    ledger.taken.add(text);
                } else if (!kept) {
                    node.toss(to, text);
                }
            }
            if (random.nextInt(4) > 0) {
                node.links.flush();
            }
        }

        private void call(SimNode node, int to) {
            String text = "call " + ++messages;
            PeerLink link = node.links.link(SimNode.id(to)).orElseThrow();
            calls.put(link.call((byte) 1, SimNode.bytes(text), 1 + random.nextInt(2_000)), text);
        }

        private void doneWithSome(SimNode node) {
            List<Batch> open = new ArrayList<>(node.undone);
            Collections.shuffle(open, random);
            for (Batch each : open.subList(0, random.nextInt(open.size() + 1))) {
                each.done(); // from outside its loop, in any order
                node.undone.remove(each);
            }
        }

        private void delivered(SimNode at, Message message, Map<String, Integer> last) {
            String text = SimNode.text(message);
            if (text.startsWith("call")) {
                return;
            }
            String[] parts = text.split("/");
            String stream = parts[0] + "/" + parts[1];
            int number = Integer.parseInt(parts[2]);
            Integer before = last.put(stream, number);
            assertTrue(before == null || before < number, "seed " + seed + ": order of " + stream);
            Ledger ledger = ledgers.get(parts[0]);
            if (ledger != null) {
                assertTrue(ledger.delivered.add(text), "seed " + seed + ": twice: " + text);
            }
        }

        private void returned(SimNode node, String text) {
            Ledger ledger = ledgers.get(text.split("/")[0]);
            if (ledger != null && ledger.sender == node) {
                assertTrue(ledger.returned.add(text), "seed " + seed + ": back twice: " + text);
            }
        }

        private void checkBounds() {
            for (int i = 1; i <= NODES; i++) {
                assertEquals(0, nodes[i].loop.failures(), "seed " + seed);
                for (LinkStats each : nodes[i].links.stats().values()) {
                    assertTrue(each.keptBytes() <= SimNode.SETTINGS.keptBytesMax());
                    assertTrue(each.waitingBytes() <= SimNode.SETTINGS.lossyBytesMax());
                    assertTrue(each.callsOpen() <= SimNode.SETTINGS.callsMax());
                    assertTrue(each.keptBytes() >= 0 && each.waitingBytes() >= 0);
                }
                Map<String, Integer> open = new HashMap<>();
                nodes[i].undone.forEach(
                        each -> open.merge(each.from().name(), each.bytes(), Integer::sum));
                // A start before may have left its own behind.
                int max = 2 * NODES * (int) (SimNode.SETTINGS.windowBytes() + 10_000);
                open.values().forEach(each -> assertTrue(each <= max, "seed " + seed));
            }
        }

        private void heal() {
            for (int i = 1; i <= NODES; i++) {
                nodes[i].refusesConnections = false;
                nodes[i].slow = false;
                nodes[i].answers = true;
            }
            for (int round = 0; round < 20; round++) {
                net.pipes.forEach(pipe -> pipe.hangs = false);
                for (int i = 1; i <= NODES; i++) {
                    nodes[i].answerAll();
                    nodes[i].doneWithAll();
                    nodes[i].links.flush();
                }
                net.run(1_000);
            }
        }

        private void checkEnd() {
            for (int i = 1; i <= NODES; i++) {
                for (Map.Entry<io.carillon.cluster.NodeId, LinkStats> each :
                        nodes[i].links.stats().entrySet()) {
                    String what = "seed " + seed + ": n" + i + " to " + each;
                    assertTrue(each.getValue().up(), what);
                    assertEquals(0, each.getValue().keptBytes(), what);
                    assertEquals(0, each.getValue().waitingBytes(), what);
                    assertEquals(0, each.getValue().callsOpen(), what);
                }
            }
            for (Ledger ledger : ledgers.values()) {
                for (String each : ledger.taken) {
                    assertTrue(
                            ledger.delivered.contains(each) || ledger.returned.contains(each),
                            "seed " + seed + ": lost " + each);
                }
            }
            calls.forEach(
                    (result, text) -> {
                        assertTrue(result.isDone(), "seed " + seed + ": no end: " + text);
                        if (!result.isCompletedExceptionally()) {
                            assertEquals("re " + text, new String(result.join()));
                        }
                    });
        }

        private static String key(SimNode node, int to) {
            return node.identity.node() + "." + node.identity.incarnation().boot() + ">" + to;
        }
    }
}
