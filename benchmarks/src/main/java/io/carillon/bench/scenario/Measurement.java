package io.carillon.bench.scenario;

import io.carillon.bench.report.Latency;
import io.carillon.bench.report.ProcessUsage;
import io.carillon.bench.report.Report;
import io.carillon.bench.report.Sample;
import io.carillon.bench.report.Tally;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** The state of things at a moment, or what happened between two. */
record Measurement(long nanos, Tally tally, ProcessUsage broker, long ownCpuNanos) {
    /** The state of things now. */
    static Measurement now(Run run) throws IOException {
        return new Measurement(
                System.nanoTime(),
                run.loops().tally(),
                ProcessUsage.of(run.settings().brokerPids()),
                OwnProcess.cpuNanos());
    }

    Measurement since(Measurement earlier) {
        return new Measurement(
                nanos - earlier.nanos,
                tally.since(earlier.tally),
                broker.since(earlier.broker),
                ownCpuNanos - earlier.ownCpuNanos);
    }

    double seconds() {
        return nanos / (double) TimeUnit.SECONDS.toNanos(1);
    }

    double perSecond(long messages) {
        return messages / seconds();
    }

    double brokerCores() {
        return broker.cpuMicros() * 1_000.0 / nanos;
    }

    /** What happened since an earlier moment, as a sample that ends at so many seconds. */
    Sample sample(String phase, double atSecond, Measurement earlier) {
        Measurement step = since(earlier);
        return new Sample(
                atSecond,
                phase,
                step.perSecond(step.tally().sent()),
                step.perSecond(step.tally().acknowledged()),
                step.perSecond(step.tally().delivered()),
                step.brokerCores(),
                broker.residentBytes());
    }

    /** The same with the time of the last delivery, if there was one. */
    Measurement atLastDelivery() {
        long then = tally.lastDeliveryNanos();
        return new Measurement(then == 0 ? nanos : then, tally, broker, ownCpuNanos);
    }

    /** The broker's CPU time for each of so many messages, in microseconds. */
    double brokerMicrosPer(long messages) {
        return broker.cpuMicros() / (double) messages;
    }

    /** Adds what the machines worked for so many messages. */
    void reportCpu(Report report, Settings settings, String prefix, long messages) {
        report.add(
                key(prefix, "ownCpuMicrosPerMessage"),
                "own CPU, µs per message",
                ownCpuNanos / 1_000.0 / messages);
        if (!settings.brokerPids().isEmpty()) {
            report.add(
                    key(prefix, "brokerCpuMicrosPerMessage"),
                    "broker CPU, µs per message",
                    brokerMicrosPer(messages));
            report.add(key(prefix, "brokerCpuCores"), "broker CPU, cores busy", brokerCores());
        }
    }

    static void reportLatency(Report report, Latency latency) {
        report.add("latencySamples", "latency, messages timed", latency.samples())
                .add("latencyMicrosP50", "latency p50, µs", latency.percentileMicros(50))
                .add("latencyMicrosP90", "latency p90, µs", latency.percentileMicros(90))
                .add("latencyMicrosP99", "latency p99, µs", latency.percentileMicros(99))
                .add("latencyMicrosP999", "latency p99.9, µs", latency.percentileMicros(99.9))
                .add("latencyMicrosMax", "latency, longest, µs", latency.percentileMicros(100))
                .latencyCurve(latency.curve());
    }

    private static String key(String prefix, String name) {
        return prefix.isEmpty()
                ? name
                : prefix + Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
