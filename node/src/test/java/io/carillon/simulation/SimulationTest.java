package io.carillon.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.carillon.simulation.Chaos.Strength;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Clusters with clients, whose chances all come from a seed, which repeats a run exactly. {@code
 * -Dcarillon.seeds=1000} runs so many more, with everything that can happen, from {@code
 * -Dcarillon.firstSeed} on; {@code -Dcarillon.trace=true} tells what happens.
 */
class SimulationTest {
    private static final int SECONDS = 6;
    private static final int DEMANDED_SECONDS = 8;
    private static final int GENTLE_SECONDS = 2;

    @Test
    void promisesAreKeptThroughPartitionsAndCrashes() {
        assertEquals(List.of(), broken(8, SECONDS, Strength.ALL));
    }

    /** Seeds that nobody chose. */
    @Test
    void promisesAreKeptWhileLeadersChange() {
        List<String> bad = new ArrayList<>();
        new Random()
                .longs(2, 1_000, Integer.MAX_VALUE)
                .forEach(seed -> bad.addAll(broken(seed, GENTLE_SECONDS, Strength.GENTLE)));
        assertEquals(List.of(), bad);
    }

    private static List<String> broken(long seed, int seconds, Strength strength) {
        Simulation.Outcome outcome = Simulation.run(seed, seconds, strength);
        System.out.println(outcome);
        return outcome.bad().stream().map(each -> "seed " + seed + ", " + each).toList();
    }

    @Test
    void aSeedRepeatsARun() {
        long seed = Long.getLong("carillon.firstSeed", 21);
        assertEquals(
                Simulation.run(seed, GENTLE_SECONDS, Strength.ALL),
                Simulation.run(seed, GENTLE_SECONDS, Strength.ALL));
    }

    @Test
    void manySeedsOnDemand() {
        long first = Long.getLong("carillon.firstSeed", 100_000);
        long count = Long.getLong("carillon.seeds", 0);
        run(LongStream.range(first, first + count), DEMANDED_SECONDS, Strength.ALL);
    }

    private static void run(LongStream seeds, int seconds, Strength strength) {
        List<Simulation.Outcome> all =
                seeds.mapToObj(seed -> Simulation.run(seed, seconds, strength)).toList();
        List<Simulation.Outcome> bad =
                all.stream().filter(outcome -> !outcome.bad().isEmpty()).toList();
        assertEquals(List.of(), bad, "see the seeds of these runs");
        for (Simulation.Outcome each : all) {
            System.out.printf(
                    "seed %d: %d sent, %d accepted, %d disturbances%n",
                    each.seed(), each.sent(), each.accepted(), each.disturbances());
        }
    }
}
