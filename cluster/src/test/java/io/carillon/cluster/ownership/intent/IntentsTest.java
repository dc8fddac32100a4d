package io.carillon.cluster.ownership.intent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.ownership.Cases;
import io.carillon.cluster.ownership.HomeState.Intent;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IntentsTest {
    private static final Intention LEAVES = new Intention(true, Set.of());

    private final Intents intents = new Intents();

    @Test
    void whoeverIsAwayStaysUnlessSomebodySaysThatHeIsGone() {
        assertEquals(Intent.STAYS, of(3, 1, 2));
        assertTrue(intents.hear(Cases.node(1), gone(3)));
        assertFalse(intents.hear(Cases.node(1), gone(3)));
        assertEquals(Intent.GONE, of(3, 1, 2));
        assertEquals(nodes(3), intents.departed(nodes(1, 2)));
        intents.hear(Cases.node(1), Intention.NONE);
        assertEquals(Intent.STAYS, of(3, 1, 2));
    }

    @Test
    void whoIsThereIsNotGoneWhoeverSaysSo() {
        intents.hear(Cases.node(1), gone(3));
        assertEquals(Intent.STAYS, of(3, 1, 2, 3));
        assertEquals(nodes(3), intents.mistaken(nodes(1, 2, 3)));
        assertEquals(Set.of(), intents.departed(nodes(1, 2, 3)));
    }

    @Test
    void whoIsNotThereHasNoSay() {
        intents.hear(Cases.node(1), gone(3));
        assertEquals(Intent.STAYS, of(3, 2));
    }

    @Test
    void whoSaidThatItLeavesIsGoneOnceItIsNotThere() {
        intents.hear(Cases.node(3), LEAVES);
        assertEquals(Intent.LEAVES, of(3, 1, 2, 3));
        assertEquals(Intent.GONE, of(3, 1, 2));
        assertEquals(nodes(3), intents.departed(nodes(1, 2)));
        intents.hear(Cases.node(3), Intention.NONE);
        assertEquals(Intent.STAYS, of(3, 1, 2, 3));
    }

    @Test
    void whatIsSaidComesOutAsItWentIn() {
        for (Intention each : new Intention[] {Intention.NONE, LEAVES, gone(1, 2, 30)}) {
            byte[] bytes = IntentionBytes.encode(each);
            assertEquals(each, IntentionBytes.decode(bytes));
            for (int length = 0; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                assertThrows(IllegalArgumentException.class, () -> IntentionBytes.decode(cut));
            }
        }
    }

    private Intent of(int node, int... present) {
        return intents.of(Cases.node(node), nodes(present));
    }

    private static Intention gone(int... nodes) {
        return new Intention(false, nodes(nodes));
    }

    private static Set<NodeId> nodes(int... nodes) {
        return IntStream.of(nodes).mapToObj(Cases::node).collect(Collectors.toSet());
    }
}
