package io.carillon.cluster.replication.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Clusters that live through everything at once. {@code -Draft.seeds=1000} runs so many more, from
 * {@code -Draft.firstSeed} on.
 */
class RaftSimulationTest {
    private static final int SECONDS = 15;
    private static final int FIXED_SEEDS = 6;
    private static final int RANDOM_SEEDS = 2;

    @Test
    void nothingAcknowledgedIsLostWhateverHappens() {
        LongStream seeds =
                LongStream.concat(
                        LongStream.range(0, FIXED_SEEDS),
                        new Random().longs(RANDOM_SEEDS, 1_000, Integer.MAX_VALUE));
        run(seeds);
    }

    @Test
    void manySeedsOnDemand() {
        long first = Long.getLong("raft.firstSeed", 100_000);
        long count = Long.getLong("raft.seeds", 0);
        List<Simulation.Outcome> all = run(LongStream.range(first, first + count));
        System.out.printf(
                "%,d seeds: %,d acknowledged, %,d crashes, %,d terms, %,d replicas filled,"
                        + " %,d disks replaced, %,d other voters%n",
                count,
                all.stream().mapToLong(Simulation.Outcome::acknowledged).sum(),
                all.stream().mapToLong(Simulation.Outcome::crashes).sum(),
                all.stream().mapToLong(Simulation.Outcome::terms).sum(),
                all.stream().mapToLong(Simulation.Outcome::installs).sum(),
                all.stream().mapToLong(Simulation.Outcome::wipes).sum(),
                all.stream().mapToLong(Simulation.Outcome::reseats).sum());
    }

    @Test
    void theSameSeedIsTheSameRun() {
        assertEquals(Simulation.run(7, SECONDS, true), Simulation.run(7, SECONDS, true));
    }

    @Test
    void answersBeforeTheDiskHasThemAreNoticed() {
        boolean noticed =
                LongStream.range(10, 60)
                        .mapToObj(seed -> Simulation.run(seed, SECONDS, false))
                        .anyMatch(outcome -> !outcome.bad().isEmpty());
        assertTrue(noticed, "the simulator takes a broken log for a sound one");
    }

    private static List<Simulation.Outcome> run(LongStream seeds) {
        List<Simulation.Outcome> all =
                seeds.mapToObj(seed -> Simulation.run(seed, SECONDS, true)).toList();
        List<Simulation.Outcome> bad =
                all.stream().filter(outcome -> !outcome.bad().isEmpty()).toList();
        assertEquals(List.of(), bad, "see the seeds of these runs");
        return all;
    }
}
