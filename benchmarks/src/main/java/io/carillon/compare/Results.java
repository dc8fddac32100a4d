package io.carillon.compare;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;

/** All outcomes, and what the rounds of each load and broker come to. One thread. */
final class Results {
    static final String CARILLON = "carillon";

    private final List<Outcome> outcomes = new ArrayList<>();

    void add(Outcome outcome) {
        outcomes.add(outcome);
    }

    List<Outcome> outcomes() {
        return List.copyOf(outcomes);
    }

    /** Names, in the order in which they first ran. */
    List<String> brokers() {
        LinkedHashSet<String> names = new LinkedHashSet<>();
        outcomes.forEach(outcome -> names.add(outcome.broker()));
        return List.copyOf(names);
    }

    /** The median of what the reports say under that key; NaN if none does. */
    double median(String load, String broker, String key) {
        return Medians.median(values(load, broker, report -> report.number(key)));
    }

    double spread(String load, String broker, String key) {
        return Medians.spread(values(load, broker, report -> report.number(key)));
    }

    double memoryBytes(String load, String broker) {
        return Medians.median(
                outcomes(load, broker)
                        .map(Outcome::mostMemoryBytes)
                        .flatMapToDouble(OptionalDouble::stream)
                        .boxed()
                        .toList());
    }

    /** The sum over all rounds; NaN if no report counts that. */
    double sum(String load, String broker, String key) {
        List<Double> values = values(load, broker, report -> report.number(key));
        return values.isEmpty()
                ? Double.NaN
                : values.stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Faults and failures of all rounds, each once. */
    List<String> complaints(String load, String broker) {
        LinkedHashSet<String> complaints = new LinkedHashSet<>();
        for (Outcome outcome : outcomes(load, broker).toList()) {
            outcome.report().ifPresent(report -> complaints.addAll(report.faults()));
            if (!outcome.failure().isEmpty()) {
                complaints.add(outcome.failure());
            }
        }
        return List.copyOf(complaints);
    }

    /** True if the generator found fault with Carillon. */
    boolean carillonFailed() {
        return outcomes.stream()
                .filter(outcome -> outcome.broker().equals(CARILLON))
                .flatMap(outcome -> outcome.report().stream())
                .anyMatch(report -> !report.faults().isEmpty());
    }

    /** The most that brokers used while they should have been idle, in cores. */
    double othersCores() {
        return outcomes.stream().mapToDouble(Outcome::othersCores).max().orElse(0);
    }

    private List<Double> values(
            String load, String broker, Function<RunReport, OptionalDouble> value) {
        return outcomes(load, broker)
                .flatMap(outcome -> outcome.report().stream())
                .map(value)
                .filter(OptionalDouble::isPresent)
                .map(OptionalDouble::getAsDouble)
                .toList();
    }

    private Stream<Outcome> outcomes(String load, String broker) {
        return outcomes.stream()
                .filter(outcome -> outcome.load().equals(load) && outcome.broker().equals(broker));
    }
}
