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
import java.util.concurrent.atomic.LongAdder;

/** Connections that stay open and do nothing: what each of them costs the broker in memory. */
public final class IdleScenario implements Scenario {

    private static final int ANSWERS_SECONDS = 30;
    private static final int LOOK_EVERY_MILLIS = 20;

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
        long answered = ask(run, idlers);

        Report report =
                new Report()
                        .add("connections", "connections", idlers.size())
                        .add(
                                "connectionsPerSecond",
                                "opened per second",
                                opened.since(before).perSecond(idlers.size()))
                        .add("closed", "closed by the broker", after.tally().closed())
                        .add("answered", "answered a ping at the end", answered);
        if (answered < idlers.size()) {
            report.fault(idlers.size() - answered + " connections are lost");
        }
        if (!settings.brokerPids().isEmpty()) {
            reportBroker(report, before, opened, after, idlers.size());
        }
        run.disconnect(idlers);
        run.loops().firstFault().ifPresent(report::fault);
        return report;
    }

    /** How many connections still have a broker at their other end, which only they can tell. */
    private static long ask(Run run, List<Idler> idlers) {
        run.onEach(idlers, Idler::ping);
        long answered = answered(run, idlers);
        for (int waited = 0;
                answered < idlers.size() && waited < ANSWERS_SECONDS * 1_000;
                waited += LOOK_EVERY_MILLIS) {
            if (run.interruption().await(LOOK_EVERY_MILLIS)) {
                break;
            }
            answered = answered(run, idlers);
        }
        return answered;
    }

    private static long answered(Run run, List<Idler> idlers) {
        LongAdder answered = new LongAdder();
        run.onEach(idlers, idler -> answered.add(idler.answered() ? 1 : 0));
        return answered.sum();
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
