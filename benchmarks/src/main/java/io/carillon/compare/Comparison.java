package io.carillon.compare;

import io.carillon.bench.picture.Numbers;
import io.carillon.bench.report.ProcessUsage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Runs all loads with all brokers, interleaved: each load with each broker in turn, and all of that
 * once a round, so that a slow minute of the machine does not fall on one broker. One thread.
 */
final class Comparison {
    private static final double MICROS_PER_NANO = 1e-3;

    private final Fleet fleet;
    private final List<GivenBroker> given;
    private final Generator generator;
    private final Path raw;
    private final Results results = new Results();

    Comparison(Fleet fleet, List<GivenBroker> given, Generator generator, Path raw) {
        this.fleet = fleet;
        this.given = given;
        this.generator = generator;
        this.raw = raw;
    }

    /** Runs to the end; a run that fails is an outcome too. */
    Results run(List<LoadCase> loads, int rounds) throws InterruptedException {
        for (int round = 1; round <= rounds; round++) {
            for (LoadCase load : loads) {
                for (String name : fleet.names()) {
                    add(load, started(load, name, round));
                }
                for (GivenBroker broker : given) {
                    add(load, found(load, broker, round));
                }
            }
        }
        return results;
    }

    private Outcome started(LoadCase load, String name, int round) throws InterruptedException {
        try {
            Target target = fleet.target(name, load.fresh());
            return measured(load, target, round);
        } catch (CompareException e) {
            String cause = fleet.alive(name) ? "" : "the broker has ended: ";
            return Outcome.failed(load.name(), name, round, cause + e.getMessage());
        }
    }

    private Outcome found(LoadCase load, GivenBroker broker, int round)
            throws InterruptedException {
        try {
            return measured(load, Target.of(broker), round);
        } catch (CompareException e) {
            return Outcome.failed(load.name(), broker.name(), round, "" + e.getMessage());
        }
    }

    private Outcome measured(LoadCase load, Target target, int round)
            throws CompareException, InterruptedException {
        Path json = raw.resolve(load.name() + "-" + target.name() + "-" + round + ".json");
        fleet.awaitIdle(target.name());
        long othersBefore = fleet.othersMicros(target.name());
        long began = System.nanoTime();
        RunReport report = generator.run(load, target, json);
        double micros = (System.nanoTime() - began) * MICROS_PER_NANO;
        double others = (fleet.othersMicros(target.name()) - othersBefore) / micros;
        return new Outcome(
                load.name(),
                target.name(),
                round,
                Optional.of(report),
                "",
                memoryBytes(target),
                others);
    }

    private static long memoryBytes(Target target) throws CompareException {
        if (target.pid().isEmpty()) {
            return 0;
        }
        try {
            return ProcessUsage.of(List.of(target.pid().getAsLong())).residentBytes();
        } catch (IOException e) {
            throw new CompareException("the broker has ended after the run", e);
        }
    }

    private void add(LoadCase load, Outcome outcome) {
        results.add(outcome);
        StringBuilder line = new StringBuilder();
        line.append(outcome.round()).append("  ");
        line.append(String.format("%-14s %-10s", outcome.load(), outcome.broker()));
        outcome.report().ifPresent(report -> line.append(words(load, report)));
        System.err.println(line.append(outcome.failure()));
    }

    private static String words(LoadCase load, RunReport report) {
        StringBuilder words = new StringBuilder();
        for (Figure figure : load.figures()) {
            words.append(
                    " %s %s/s %s µs"
                            .formatted(
                                    figure.title(),
                                    Numbers.brief(
                                            report.number(figure.rateKey()).orElse(Double.NaN)),
                                    Numbers.brief(
                                            report.number(figure.cpuKey()).orElse(Double.NaN))));
        }
        return words + (report.faults().isEmpty() ? "" : "  " + report.faults());
    }
}
