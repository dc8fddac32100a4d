package io.carillon.cluster.ownership.founding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.cluster.ownership.Cases;
import io.carillon.loop.ManualLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class FoundingRoundsTest {
    private final ManualLoop loop = new ManualLoop("cluster");
    private final List<FoundingRounds> rounds = new ArrayList<>();
    private final List<CompletableFuture<Charter>> founded = new ArrayList<>();
    private int words;
    private boolean connected = true;

    @Test
    void nodesFoundAClusterAndFallSilent() {
        connected = false;
        for (int i = 0; i < 3; i++) {
            start(i, 16);
        }
        loop.advanceMillis(5_000);
        assertFalse(founded.getFirst().isDone());
        connected = true;
        loop.advanceMillis(1_000);
        founded.forEach(each -> assertEquals(founded.getFirst().join(), each.join()));
        words = 0;
        loop.advanceMillis(10_000);
        assertEquals(0, words);

        start(3, 16); // who comes later is answered
        loop.advanceMillis(1_000);
        assertEquals(founded.getFirst().join(), founded.get(3).join());
    }

    @Test
    void aNodeThatDoesNotFitIsTold() {
        for (int i = 0; i < 3; i++) {
            start(i, 16);
        }
        start(3, 32);
        loop.advanceMillis(1_000);
        var e = assertThrows(CompletionException.class, () -> founded.get(3).join());
        assertTrue(e.getCause().getMessage().contains("cluster.shards"));
        assertEquals(16, founded.getFirst().join().shards());
    }

    private void start(int number, int shards) {
        FoundingRules rules =
                new FoundingRules(
                        "test", 3, shards, 3, Set.of(Cases.node(0), Cases.node(1), Cases.node(2)));
        FoundingNode disk = new FoundingNode(rules, Cases.home(number));
        Founding founding = new Founding(rules, disk.home(), disk);
        FoundingRounds started =
                new FoundingRounds(founding, loop, standing -> tell(number, standing));
        rounds.add(started);
        loop.execute(() -> founded.add(started.start()));
        loop.execute(() -> rounds.forEach(each -> each.members(Cases.homes(rounds.size()))));
        loop.runUntilIdle();
        assertEquals(0, loop.failures());
    }

    private void tell(int from, Standing standing) {
        words++;
        for (int to = 0; to < rounds.size() && connected; to++) {
            if (to != from) {
                FoundingRounds other = rounds.get(to);
                loop.execute(() -> other.hear(standing));
            }
        }
    }
}
