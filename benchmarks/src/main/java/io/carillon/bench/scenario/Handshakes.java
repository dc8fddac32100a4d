package io.carillon.bench.scenario;

import io.carillon.bench.report.Report;
import java.io.IOException;

/** How many connections have come about at a moment, or between two. */
record Handshakes(Measurement measurement, Storms.Count count, long full, long resumed) {

    static Handshakes now(Run run, Storms storms) throws IOException {
        return new Handshakes(
                Measurement.now(run),
                storms.count(),
                run.loops().transport().fullHandshakes(),
                run.loops().transport().resumedHandshakes());
    }

    Handshakes since(Handshakes earlier) {
        return new Handshakes(
                measurement.since(earlier.measurement),
                new Storms.Count(
                        count.connected() - earlier.count.connected(),
                        count.failed() - earlier.count.failed(),
                        count.connecting()),
                full - earlier.full,
                resumed - earlier.resumed);
    }

    double perSecond() {
        return measurement.perSecond(count.connected());
    }

    void report(Report report, Settings settings) {
        report.add("seconds", "seconds measured", measurement.seconds())
                .add("connected", "connected", count.connected())
                .add("connectedPerSecond", "connected per second", perSecond());
        if (settings.transport().tls() != null) {
            report.add("fullHandshakes", "TLS handshakes, full", full)
                    .add("resumedHandshakes", "TLS handshakes, resumed", resumed);
        }
        report.add(
                "ownCpuMicrosPerConnect",
                "own CPU, µs per connect",
                measurement.ownCpuNanos() / 1_000.0 / count.connected());
        if (!settings.brokerPids().isEmpty()) {
            report.add(
                            "brokerCpuMicrosPerConnect",
                            "broker CPU, µs per connect",
                            measurement.brokerMicrosPer(count.connected()))
                    .add("brokerCpuCores", "broker CPU, cores busy", measurement.brokerCores());
        }
    }
}
