package io.carillon.cluster.membership;

import static io.carillon.cluster.membership.Cards.card;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.cluster.NodeId;
import io.carillon.loop.ManualClock;
import io.carillon.loop.ManualLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A map that is looked up, in one thread: node-1 writes its part, and reads node-2's. */
class LookupMapTest {
    private static final NodeId ONE = card(1).node();
    private static final NodeId TWO = card(2).node();
    private static final long GONE_MILLIS = 60_000;

    private final ManualClock clock = new ManualClock(0);
    private final FakeParts parts = new FakeParts(new ManualLoop("network", clock));
    private final ManualLoop loop = new ManualLoop("cluster", clock);
    private final Members members = new Members(loop, clock, card(1));
    private final List<String> told = new ArrayList<>();
    private final LookupMap map =
            new LookupMap("test", loop, clock, members, parts, () -> told.add("lost"), GONE_MILLIS);

    LookupMapTest() {
        loop.execute(map::start);
        see(card(1), card(2), card(3));
    }

    @Test
    void whatIsWrittenIsInThisNodesPart() {
        write(Map.of("a", "1", "b", "2"), Set.of());
        write(Map.of("a", "3"), Set.of("b"));
        assertEquals(Set.of("a"), parts.of(ONE).entries.keySet());
        assertEquals("3", new String(parts.of(ONE).entries.get("a"), UTF_8));
    }

    @Test
    void entriesOfOthersAreLookedUp() {
        parts.of(TWO).entries.put("a", "1".getBytes(UTF_8));
        assertEquals("1", new String(on(() -> map.read(TWO, "a")).join(), UTF_8));
        assertNull(on(() -> map.read(TWO, "b")).join());
        assertNull(on(() -> map.read(card(3).node(), "a")).join());
    }

    @Test
    void whatAFormerStartLeftBehindGoesBeforeTheFirstWrite() {
        parts.of(ONE).entries.put("old", new byte[0]);
        write(Map.of("new", "1"), Set.of());
        assertEquals(Set.of("new"), parts.of(ONE).entries.keySet());
    }

    @Test
    void aWriteThatCouldNotEmptyThePartFailsAndTheNextOneTriesAgain() {
        parts.of(ONE).entries.put("old", new byte[0]);
        parts.fails = () -> true;
        assertTrue(tryWrite(Map.of("a", "1"), Set.of()).isCompletedExceptionally());
        parts.fails = () -> false;
        write(Map.of("b", "1"), Set.of());
        assertEquals(Set.of("b"), parts.of(ONE).entries.keySet());
    }

    @Test
    void withoutAMajorityNothingIsWritten() {
        see(card(1));
        assertTrue(tryWrite(Map.of("a", "1"), Set.of()).isCompletedExceptionally());
        assertEquals(Map.of(), parts.of(ONE).entries);
        see(card(1), card(2));
        write(Map.of("a", "1"), Set.of());
    }

    @Test
    void theWriterHearsThatEntriesAreLost() {
        write(Map.of("a", "1"), Set.of());
        told.clear();
        parts.of(ONE).lose();
        run();
        assertEquals(List.of("lost"), told);
        loop.execute(map::healed);
        run();
        assertEquals(List.of("lost", "lost"), told);
    }

    @Test
    void afterItHasStoppedItRefusesAndTellsNothing() {
        loop.execute(map::stop);
        run();
        assertTrue(tryWrite(Map.of("a", "1"), Set.of()).isCompletedExceptionally());
        parts.of(ONE).lose();
        run();
        assertFalse(told.contains("lost"));
    }

    @Test
    void theOldestRemovesWhatANodeThatIsGoneLeft() {
        parts.of(TWO).entries.put("a", new byte[0]);
        see(card(1), card(3));
        for (int i = 0; i < 20; i++) {
            clock.advanceMillis(GONE_MILLIS / 10);
            run();
        }
        assertEquals(List.of(TWO), parts.cleared);
        assertEquals(Map.of(), parts.of(TWO).entries);
    }

    private void see(MemberCard... cards) {
        loop.execute(() -> members.update(List.of(cards)));
        run();
    }

    private void write(Map<String, String> put, Set<String> removed) {
        assertFalse(tryWrite(put, removed).isCompletedExceptionally());
    }

    private CompletableFuture<Void> tryWrite(Map<String, String> put, Set<String> removed) {
        Map<String, byte[]> bytes = new HashMap<>();
        put.forEach((key, value) -> bytes.put(key, value.getBytes(UTF_8)));
        CompletableFuture<Void> done = on(() -> map.write(bytes, removed));
        assertTrue(done.isDone());
        return done;
    }

    private <T> CompletableFuture<T> on(Supplier<CompletionStage<T>> call) {
        List<CompletionStage<T>> result = new ArrayList<>();
        loop.execute(() -> result.add(call.get()));
        run();
        return result.getFirst().toCompletableFuture();
    }

    private void run() {
        while (loop.runTurn() | parts.network.runTurn()) {
            // until nothing is left to be done
        }
    }
}
