package io.carillon.compare;

import java.util.Map;
import java.util.Optional;

/**
 * What one run came to.
 *
 * @param report what the generator reported, or empty if the run failed
 * @param failure why it failed; empty if it did not
 * @param othersCores CPU that the brokers used meanwhile that were not measured, in cores
 */
record Outcome(
        String load,
        String broker,
        int round,
        Optional<RunReport> report,
        String failure,
        double othersCores) {

    static Outcome of(String load, String broker, int round, RunReport report, double others) {
        return new Outcome(load, broker, round, Optional.of(report), "", others);
    }

    static Outcome failed(String load, String broker, int round, String failure) {
        return new Outcome(load, broker, round, Optional.empty(), failure, 0);
    }

    Map<String, Object> json() {
        return Map.of(
                "load", load,
                "broker", broker,
                "round", round,
                "failure", failure,
                "othersCores", othersCores);
    }
}
