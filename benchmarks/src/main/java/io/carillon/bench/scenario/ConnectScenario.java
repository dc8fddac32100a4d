package io.carillon.bench.scenario;

import io.carillon.bench.client.ConnectStorm;
import io.carillon.bench.client.Idler;
import io.carillon.bench.client.LoadException;
import io.carillon.bench.report.Latency;
import io.carillon.bench.report.Report;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * Opens connections as fast as the broker takes them, each from TCP to CONNACK, and closes them by
 * DISCONNECT: what a connection costs when all clients come back at once.
 */
public final class ConnectScenario implements Scenario {
    private static final int LAST_ANSWERS_SECONDS = 10;
    private static final int LOOKS_PER_SECOND = 50;

    @Override
    public Report run(Run run) throws LoadException, IOException {
        Settings settings = run.settings();
        // One alone first: what is wrong with the settings fails here and says why.
        List<Idler> first =
                List.of(new Idler(run.loops().loop(0), run.transientClient("first", 0)));
        run.connect(first);
        run.disconnect(first);

        Storms storms = new Storms(run);
        storms.onEach(ConnectStorm::start);
        pass(run, storms, "warm-up", settings.warmupSeconds());
        run.loops().onEach(loop -> loop.latency().clear());
        Handshakes before = Handshakes.now(run, storms);
        pass(run, storms, "measure", settings.seconds());
        Handshakes measured = Handshakes.now(run, storms).since(before);
        Latency latency = run.loops().latency();
        storms.onEach(ConnectStorm::stop);
        awaitLastAnswers(run, storms);
        storms.onEach(ConnectStorm::closeKept);

        Report report = new Report();
        measured.report(report, settings);
        Measurement.reportLatency(report, latency);
        reportFailures(run, report, storms.count());
        return report;
    }

    private static void pass(Run run, Storms storms, String phase, int seconds) throws IOException {
        Handshakes last = Handshakes.now(run, storms);
        for (int i = 0; i < seconds && !run.interruption().await(1_000); i++) {
            Handshakes now = Handshakes.now(run, storms);
            print(phase, now.since(last), now);
            last = now;
        }
    }

    private static void print(String phase, Handshakes step, Handshakes now) {
        System.err.println(
                String.format(
                        Locale.ROOT,
                        "%-8s %,9.0f connections/s  failed %,d  broker %.2f cores, %,d MiB",
                        phase,
                        step.perSecond(),
                        now.count().failed(),
                        step.measurement().brokerCores(),
                        now.measurement().broker().residentBytes() >> 20));
    }

    private static void awaitLastAnswers(Run run, Storms storms) {
        for (int i = 0; i < LAST_ANSWERS_SECONDS * LOOKS_PER_SECOND; i++) {
            if (storms.count().connecting() == 0
                    || run.interruption().await(1_000 / LOOKS_PER_SECOND)) {
                return;
            }
        }
    }

    private static void reportFailures(Run run, Report report, Storms.Count total) {
        report.add("failed", "failed", total.failed())
                .add("unanswered", "unanswered at the end", (long) total.connecting());
        if (total.failed() > 0) {
            report.fault(total.failed() + " connections failed");
        }
        if (total.connecting() > 0 && !run.interruption().interrupted()) {
            report.fault(total.connecting() + " connections got no CONNACK");
        }
        run.loops().firstFault().ifPresent(report::fault);
    }
}
