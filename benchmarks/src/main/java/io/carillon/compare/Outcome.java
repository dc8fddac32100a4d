package io.carillon.compare;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one run came to.
 *
 * @param report what the generator reported, or empty if the run failed
 * @param failure why it failed; empty if it did not
 * @param memoryBytes what the broker had when the run had ended; 0 if unknown
 * @param othersCores CPU that the brokers used meanwhile that were not measured, in cores
 */
record Outcome(
        String load,
        String broker,
        int round,
        Optional<RunReport> report,
        String failure,
        long memoryBytes,
        double othersCores) {

    static Outcome failed(String load, String broker, int round, String failure) {
        return new Outcome(load, broker, round, Optional.empty(), failure, 0, 0);
    }

    /** The most memory of the broker that was seen in or after the run. */
    OptionalDouble mostMemoryBytes() {
        double sampled =
                report.map(RunReport::memoryBytes).orElse(OptionalDouble.empty()).orElse(0);
        double most = Math.max((double) memoryBytes, sampled);
        return most > 0 ? OptionalDouble.of(most) : OptionalDouble.empty();
    }

    Map<String, Object> json() {
        return Map.of(
                "load", load,
                "broker", broker,
                "round", round,
                "failure", failure,
                "memoryBytes", memoryBytes,
                "othersCores", othersCores);
    }
}
