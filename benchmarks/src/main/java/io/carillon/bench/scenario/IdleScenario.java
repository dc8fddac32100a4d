package io.carillon.bench.scenario;

import io.carillon.bench.client.Idler;
import io.carillon.bench.client.LoadException;
import io.carillon.bench.report.ProcessUsage;
import io.carillon.bench.report.Report;
import io.carillon.bench.report.Tally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Connections that stay open and do nothing: what each of them costs the broker in memory. */
public final class IdleScenario implements Scenario {

    @Override
    public Report run(Run run) throws LoadException, IOException {
        Settings settings = run.settings();
        List<Idler> idlers = new ArrayList<>();
        for (int i = 0; i < settings.connections(); i++) {
            idlers.add(new Idler(run.loops().loop(i), run.transientClient("i", i)));
        }
        Measurement before = Measurement.now(run);
        run.connect(idlers);
        Measurement opened = Measurement.now(run);
        print("open", idlers.size(), opened);
        hold(run, idlers.size(), opened);
        Measurement after = Measurement.now(run);

        Report report =
                new Report()
                        .add("connections", "connections", idlers.size())
                        .add(
                                "connectionsPerSecond",
                                "opened per second",
                                opened.since(before).perSecond(idlers.size()))
                        .add("closed", "closed by the broker", after.tally().closed());
        if (!settings.brokerPids().isEmpty()) {
            reportBroker(report, before, opened, after, idlers.size());
        }
        run.disconnect(idlers);
        run.loops().firstFault().ifPresent(report::fault);
        return report;
    }

    private static void hold(Run run, int connections, Measurement opened) throws IOException {
        Measurement last = opened;
        for (int i = 0; i < run.settings().seconds(); i++) {
            if (run.interruption().await(1_000)) {
                return;
            }
            Measurement now = Measurement.now(run);
            run.samples().add(now.sample("hold", run.samples().second(now.nanos()), last));
            last = now;
            Tally tally = now.tally();
            print("hold", connections - tally.closed(), now);
        }
    }

    private static void print(String phase, long connections, Measurement now) {
        ProcessUsage broker = now.broker();
        System.err.println(
                String.format(
                        Locale.ROOT,
                        "%-8s %,d connections  broker %,d MiB",
                        phase,
                        connections,
                        broker.residentBytes() >> 20));
    }

    private static void reportBroker(
            Report report,
            Measurement before,
            Measurement opened,
            Measurement after,
            int connections) {
        long grown = after.broker().residentBytes() - before.broker().residentBytes();
        report.add(
                        "brokerResidentBytesBefore",
                        "broker memory before, bytes",
                        before.broker().residentBytes())
                .add(
                        "brokerResidentBytesAfter",
                        "broker memory after, bytes",
                        after.broker().residentBytes())
                .add(
                        "brokerBytesPerConnection",
                        "broker memory per connection, bytes",
                        grown / (double) connections)
                .add(
                        "brokerCpuMicrosPerConnect",
                        "broker CPU to open one, µs",
                        opened.since(before).brokerMicrosPer(connections))
                .add(
                        "brokerIdleCores",
                        "broker CPU while idle, cores busy",
                        after.since(opened).brokerCores());
    }
}
