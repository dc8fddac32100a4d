package io.carillon.cluster.membership;

import static io.carillon.cluster.membership.Cards.card;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.cluster.NodeId;
import io.carillon.loop.ManualClock;
import io.carillon.loop.ManualLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A shared map in one thread, over a network that fails as it is told. */
class SharedMapTest {
    private static final SharedMapSettings SMALL = new SharedMapSettings(5, 1_000, 20, 8, 60_000);

    private final ManualClock clock = new ManualClock(0);
    private final FakeParts parts = new FakeParts(new ManualLoop("network", clock));
    private final Node one = new Node(1);
    private final Node two = new Node(2);
    private final Node three = new Node(3);
    private final List<Node> nodes = List.of(one, two, three);

    @Test
    void whatOneSaysTheOthersHear() {
        one.put("a", "1");
        meet();
        one.put("b", "2");
        one.remove("a");
        settle();
        assertEquals(Map.of("b", "2"), two.view.of(one.id()));
        assertEquals(Map.of("b", "2"), three.view.of(one.id()));
        assertEquals(Map.of(), one.view.of(one.id()), "a node does not follow itself");
        assertTrue(one.on(one.map::isWritten));
    }

    @Test
    void whoComesLateReadsAllPageByPage() {
        update(one, two);
        for (int i = 0; i < 50; i++) {
            one.put("key" + i, "v" + i);
        }
        settle();
        meet();
        assertEquals(50, three.view.of(one.id()).size());
        assertEquals(5, parts.largestWrite);
    }

    @Test
    void withoutAMajorityChangesWait() {
        update(one);
        one.put("a", "1");
        settle();
        assertEquals(Map.of(), parts.of(one.id()).entries);
        meet();
        assertEquals(Map.of("a", "1"), two.view.of(one.id()));
    }

    @Test
    void aWriteThatFailedIsMadeAgainAndDoesNotUndoANewerOne() {
        meet();
        List<Boolean> fates = new ArrayList<>(List.of(true, true));
        parts.fails = () -> !fates.isEmpty() && fates.removeFirst();
        one.put("a", "1");
        one.loop.runUntilIdle();
        one.put("a", "2");
        one.put("b", "1");
        settle();
        assertEquals(Map.of("a", "2", "b", "1"), two.view.of(one.id()));
        assertEquals(2, one.on(one.map::stats).failures());
        assertFalse(one.on(one.map::stats).waiting() > 0);
    }

    @Test
    void afterAHealEachWritesItsOwnAgain() {
        meet();
        one.put("kept", "1");
        one.put("gone", "1");
        two.put("x", "1");
        settle();
        // The other side won: it has what was there before the split, without node 2's part.
        parts.of(one.id()).entries.remove("kept");
        parts.of(two.id()).entries.clear();
        one.own.entries.remove("gone");
        nodes.forEach(node -> node.loop.execute(node.map::healed));
        settle();
        assertEquals(Map.of("kept", "1"), three.view.of(one.id()));
        assertEquals(Map.of("x", "1"), three.view.of(two.id()));
    }

    @Test
    void whatAFormerStartLeftBehindGoes() {
        parts.of(one.id()).entries.put("old", "1".getBytes(UTF_8));
        one.put("new", "1");
        meet();
        assertEquals(Map.of("new", "1"), two.view.of(one.id()));
    }

    @Test
    void entriesThatTheClusterLostAreWrittenAgain() {
        meet();
        one.put("a", "1");
        settle();
        parts.of(one.id()).lose();
        settle();
        assertEquals(Map.of("a", "1"), two.view.of(one.id()));
    }

    @Test
    void aPartIsReadAgainWhenAsked() {
        meet();
        one.put("a", "1");
        settle();
        parts.of(one.id()).entries.put("a", "2".getBytes(UTF_8)); // an event that never came
        two.loop.execute(() -> two.map.read(one.id()));
        settle();
        assertEquals(Map.of("a", "2"), two.view.of(one.id()));
    }

    @Test
    void theOldestRemovesWhatANodeThatIsGoneLeft() {
        meet();
        three.put("a", "1");
        settle();
        update(one, two);
        three.stop();
        advance(59_000);
        assertEquals(List.of(), parts.cleared);
        advance(31_000);
        assertEquals(List.of(three.id()), parts.cleared);
    }

    @Test
    void aMinorityRemovesNothing() {
        meet();
        loseSight(one);
        advance(600_000);
        assertEquals(List.of(), parts.cleared);
    }

    static Random[] seeds() {
        long fresh = new Random().nextLong(1_000_000);
        return new Random[] {named(1), named(2), named(3), named(fresh), named(fresh + 1)};
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("seeds")
    void inTheEndAllHearWhatEachSays(Random random) {
        parts.fails = () -> random.nextInt(20) == 0;
        update(one, two, three);
        for (int step = 0; step < 5_000; step++) {
            step(random);
        }
        parts.fails = () -> false;
        update(one, two, three);
        advance(20_000);
        for (Node node : nodes) {
            for (Node other : nodes) {
                if (node != other) {
                    assertEquals(node.own.entries, other.view.of(node.id()));
                }
            }
            assertEquals(0, node.loop.failures());
            assertTrue(node.on(node.map::isWritten));
        }
    }

    private void step(Random random) {
        Node node = nodes.get(random.nextInt(nodes.size()));
        switch (random.nextInt(100)) {
            case 0 -> update(node);
            case 1, 2 -> update(one, two, three);
            case 3 -> node.loop.execute(node.map::healed);
            case 4 -> node.loop.execute(() -> node.map.read(one.id()));
            case 5 -> advance(random.nextInt(300));
            case 6, 7, 8, 9 -> parts.network.runOne();
            default -> {
                String key = "k" + random.nextInt(60);
                if (random.nextBoolean()) {
                    node.put(key, Integer.toString(random.nextInt()));
                } else {
                    node.remove(key);
                }
                if (random.nextInt(3) == 0) {
                    node.loop.runTurn();
                }
                if (random.nextInt(3) == 0) {
                    parts.network.runOne();
                }
            }
        }
    }

    private static Random named(long seed) {
        return new Random(seed) {
            @Override
            public String toString() {
                return "seed " + seed;
            }
        };
    }

    private void meet() {
        update(one, two, three);
        settle();
    }

    private void update(Node... present) {
        List<MemberCard> cards = new ArrayList<>();
        for (Node node : present) {
            cards.add(node.card);
        }
        for (Node node : present) {
            node.loop.execute(() -> node.members.update(cards));
        }
    }

    private void loseSight(Node node) {
        node.loop.execute(() -> node.members.update(List.of(node.card)));
    }

    private void settle() {
        advance(10_000);
    }

    private void advance(long millis) {
        for (long passed = 0; passed <= millis; passed += 100) {
            boolean busy = true;
            while (busy) {
                busy = parts.network.runTurn();
                for (Node node : nodes) {
                    busy |= node.loop.runTurn();
                }
            }
            clock.advanceMillis(Math.min(100, millis - passed));
        }
    }

    /** One node with a map. */
    private final class Node {
        final MemberCard card;
        final ManualLoop loop;
        final Members members;
        final OwnEntries own = new OwnEntries();
        final View view = new View();
        final SharedMap map;

        Node(int number) {
            card = card(number);
            loop = new ManualLoop("cluster-" + number, clock);
            members = new Members(loop, clock, card);
            map = new SharedMap("test", loop, clock, members, parts, own, view, SMALL);
            loop.execute(map::start);
            loop.runUntilIdle();
        }

        NodeId id() {
            return card.node();
        }

        void put(String key, String value) {
            loop.execute(
                    () -> {
                        own.entries.put(key, value);
                        map.put(key, value.getBytes(UTF_8));
                    });
        }

        void remove(String key) {
            loop.execute(
                    () -> {
                        own.entries.remove(key);
                        map.remove(key);
                    });
        }

        void stop() {
            loop.execute(map::stop);
        }

        <T> T on(Supplier<T> call) {
            List<T> result = new ArrayList<>();
            loop.execute(() -> result.add(call.get()));
            loop.runUntilIdle();
            return result.getFirst();
        }
    }
}
