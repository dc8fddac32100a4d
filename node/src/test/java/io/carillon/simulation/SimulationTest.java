package io.carillon.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.carillon.simulation.Chaos.Strength;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Clusters with clients, all of whose chances come from a seed. {@code -Dcarillon.seeds=1000} runs
 * so many more, with everything that can happen, from {@code -Dcarillon.firstSeed} on; {@code
 * -Dcarillon.trace=true} tells what happens.
 */
class SimulationTest {
    private static final int SECONDS = 10;
    private static final int GENTLE_SECONDS = 4;
    private static final List<String> SOUND = List.of("P1", "P2", "P3", "liveness", "thrown");

    @Test
    void promisesAreKeptThroughPartitionsAndCrashes() {
        run(LongStream.of(8), SECONDS, Strength.ALL);
    }

    /**
     * Seeds that nobody chose. They are held to what is acknowledged, attached, subscribed and in
     * order; a message may come to a transient session twice, or be retained or a will too late,
     * when a leader was slow to be deposed: what of that is a fault is looked for by {@link
     * #manySeedsOnDemand}, and not in each build.
     */
    @Test
    void promisesAreKeptWhileLeadersChange() {
        long[] seeds = new Random().longs(3, 1_000, Integer.MAX_VALUE).toArray();
        List<String> bad = new ArrayList<>();
        for (long seed : seeds) {
            Simulation.Outcome outcome = Simulation.run(seed, GENTLE_SECONDS, Strength.GENTLE);
            System.out.println(outcome);
            outcome.bad().stream()
                    .filter(each -> SOUND.stream().anyMatch(each::contains))
                    .forEach(each -> bad.add("seed " + seed + ", " + each));
        }
        assertEquals(List.of(), bad);
    }

    @Test
    void manySeedsOnDemand() {
        long first = Long.getLong("carillon.firstSeed", 100_000);
        long count = Long.getLong("carillon.seeds", 0);
        run(LongStream.range(first, first + count), SECONDS, Strength.ALL);
    }

    @Test
    void theSameSeedIsTheSameRun() {
        assertEquals(
                Simulation.run(7, 1, Strength.ALL).trace(),
                Simulation.run(7, 1, Strength.ALL).trace());
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
