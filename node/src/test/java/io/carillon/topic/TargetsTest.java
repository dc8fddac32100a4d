package io.carillon.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TargetsTest {
    private static final int MANY = 20_000;

    private static Target target(int number) {
        return new Target(new TestSubscriber(0, "client-" + number), TestSubscriber.to("a"));
    }

    private static Targets targets(List<Target> all) {
        Targets targets = Targets.NONE;
        for (Target target : all) {
            targets = targets.with(target);
        }
        return targets;
    }

    private static List<Target> list(int from, int to) {
        List<Target> all = new ArrayList<>();
        for (int i = from; i < to; i++) {
            all.add(target(i));
        }
        return all;
    }

    /** It grows and shrinks by its numbers, and what was handed out stays as it was. */
    @Test
    void growsAndShrinks() {
        List<Target> all = list(0, MANY);
        Targets half = targets(all.subList(0, MANY / 2));
        Targets full = half;
        for (Target target : all.subList(MANY / 2, MANY)) {
            full = full.with(target);
        }
        assertHolds(all, full);
        assertHolds(all.subList(0, MANY / 2), half);
        assertNull(half.find(all.get(MANY - 1).subscriber()));

        Targets few = full;
        for (Target target : all.subList(10, MANY)) {
            few = few.without(target.subscriber());
        }
        assertHolds(all.subList(0, 10), few);
        assertEquals(1, few.chunks().length);
        assertSame(few, few.without(all.get(11).subscriber()));
        assertHolds(all, full);
    }

    /** One more subscriber of many copies little: that is what a subscribe costs. */
    @Test
    @SuppressWarnings("ReferenceEquality") // sameness is what it proves
    void changeSharesAllChunksButOne() {
        Targets full = targets(list(0, MANY));
        Targets more = full.with(target(MANY));
        assertEquals(full.chunks().length, more.chunks().length);
        int changed = 0;
        for (int c = 0; c < full.chunks().length; c++) {
            changed += full.chunks()[c] == more.chunks()[c] ? 0 : 1;
            assertTrue(full.chunks()[c].length < 200, "chunk of " + full.chunks()[c].length);
        }
        assertEquals(1, changed);
    }

    @Test
    void unionMergesWhoIsInBoth() {
        List<Target> all = list(0, MANY);
        Targets left = targets(all.subList(0, 12_000));
        Targets right = targets(all.subList(8_000, MANY));
        for (Targets union : List.of(left.union(right), right.union(left))) {
            assertEquals(MANY, union.size());
            assertSame(all.get(0), union.find(all.get(0).subscriber()));
            assertSame(all.get(MANY - 1), union.find(all.get(MANY - 1).subscriber()));
            Target both = union.find(all.get(10_000).subscriber());
            assertNotNull(both);
            assertNull(both.subscription(), "stands for two");
        }
        assertHolds(all.subList(0, 12_000), left);
    }

    /** Client ids whose hashes are all the same cost time and nothing else. */
    @Test
    void collidingClientIds() {
        List<Target> all = new ArrayList<>();
        for (int i = 0; i < 256; i++) {
            StringBuilder id = new StringBuilder();
            for (int bit = 0; bit < 8; bit++) {
                id.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            all.add(new Target(new TestSubscriber(0, id.toString()), TestSubscriber.to("a")));
        }
        assertHolds(all, targets(all));
    }

    private static void assertHolds(List<Target> expected, Targets targets) {
        Set<Target> seen = new HashSet<>();
        targets.forEach(target -> assertTrue(seen.add(target)));
        assertEquals(new HashSet<>(expected), seen);
        assertEquals(expected.size(), targets.size());
        for (Target target : expected) {
            assertSame(target, targets.find(target.subscriber()));
        }
    }
}
