package io.carillon.cluster.replication.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.carillon.loop.ManualClock;
import io.carillon.loop.ManualLoop;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BeatsTest {
    private final ManualLoop loop = new ManualLoop("shard-0", new ManualClock(0));
    private final Beats beats = new Beats(200);
    private final List<String> log = new ArrayList<>();

    private void every(String name) {
        beats.atNext(
                loop,
                () -> {
                    log.add(name);
                    every(name);
                });
    }

    @Test
    void whoeverBeganLaterBeatsWithTheOthers() {
        loop.execute(() -> every("a"));
        loop.advanceMillis(150);
        loop.execute(() -> every("b"));
        loop.advanceMillis(50);
        assertEquals(List.of("a", "b"), log);
        loop.advanceMillis(199);
        assertEquals(List.of("a", "b"), log);
        loop.advanceMillis(1);
        assertEquals(List.of("a", "b", "a", "b"), log);
    }

    @Test
    void oneThatFailsTakesNoOtherAlong() {
        loop.execute(
                () -> {
                    beats.atNext(
                            loop,
                            () -> {
                                throw new IllegalStateException("for the test");
                            });
                    every("b");
                });
        loop.advanceMillis(200);
        assertEquals(List.of("b"), log);
        assertEquals(1, loop.failures());
    }
}
