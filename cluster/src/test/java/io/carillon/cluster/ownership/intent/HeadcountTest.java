package io.carillon.cluster.ownership.intent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.ownership.Cases;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HeadcountTest {

    @Test
    void threeOfFiveAreLeft() {
        assertEquals(3, Headcount.of(5, first(5), nodes(3, 4)));
        assertEquals(3, Headcount.of(3, first(5), nodes(3, 4)));
        assertEquals(4, Headcount.of(5, first(5), nodes(4)));
    }

    @Test
    void whoHasNotBeenSeenYetIsCountedAllTheSame() {
        assertEquals(4, Headcount.of(5, first(4), nodes(3)));
        assertEquals(5, Headcount.of(5, first(2), Set.of()));
    }

    @Test
    void whoWasGoneBeforeThisNodeStartedIsNotTakenOffOnceMore() {
        assertEquals(3, Headcount.of(3, first(3), nodes(3, 4)));
    }

    @Test
    void whoIsAloneIsOne() {
        assertEquals(1, Headcount.of(3, first(3), nodes(1, 2)));
        assertEquals(1, Headcount.of(1, nodes(0), Set.of()));
    }

    /** Whatever it knows, a node counts at least those that live, so that majorities meet. */
    @ParameterizedTest
    @MethodSource("io.carillon.cluster.ownership.Cases#seeds")
    void neverFewerThanLive(long seed) {
        RandomGenerator random = Cases.random(seed);
        for (int i = 0; i < 1_000; i++) {
            int all = 1 + random.nextInt(9);
            Set<NodeId> departed = some(all, random);
            Set<NodeId> living = first(all);
            living.removeAll(departed);
            Set<NodeId> known = some(all, random);
            boolean before = random.nextBoolean();
            // What a node is configured for counts all that lived when it started, those it has
            // not seen yet among them, and none that it could not see since they had gone.
            known.removeIf(node -> before && departed.contains(node));
            int configured = before ? living.size() : all;
            int count = Headcount.of(configured, known, departed);
            assertTrue(count >= living.size(), () -> known + " " + departed + ": " + count);
        }
    }

    private static Set<NodeId> some(int of, RandomGenerator random) {
        Set<NodeId> some = first(of);
        some.removeIf(_ -> random.nextBoolean());
        return some;
    }

    private static Set<NodeId> first(int count) {
        return IntStream.range(0, count)
                .mapToObj(Cases::node)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Set<NodeId> nodes(int... nodes) {
        return IntStream.of(nodes).mapToObj(Cases::node).collect(Collectors.toSet());
    }
}
