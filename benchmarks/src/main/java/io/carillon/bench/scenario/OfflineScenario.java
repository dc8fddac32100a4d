package io.carillon.bench.scenario;

import io.carillon.bench.client.Client;
import io.carillon.bench.client.Idler;
import io.carillon.bench.client.LoadException;
import io.carillon.bench.client.Publisher;
import io.carillon.bench.client.Subscriber;
import io.carillon.bench.report.DiskSync;
import io.carillon.bench.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Durable sessions that subscribe and go away; what is published meanwhile is queued for each
 * session of its topic, then they come back and take it. Gives the rate of each and checks that
 * nothing is missing.
 */
public final class OfflineScenario implements Scenario {

    @Override
    public Report run(Run run) throws LoadException, IOException {
        Settings settings = run.settings();
        List<Publisher> publishers = new ArrayList<>();
        for (int i = 0; i < settings.pairs(); i++) {
            publishers.add(Topologies.publisher(run, i, topic(run, i), 0));
        }
        List<Subscriber> leaving = subscribers(run, publishers, true);
        leave(run, leaving);
        List<Subscriber> returning = subscribers(run, publishers, false);
        Traffic traffic = new Traffic(run, publishers, returning);
        run.connectPublishers(publishers);
        Report report = new Report().add("sessions", "durable sessions", returning.size());
        Path disk = settings.disk();
        if (disk != null) {
            DiskSync.measure(disk).report(report);
        }

        Measurement begin = Measurement.now(run);
        Progress enqueueing = new Progress(run, traffic);
        traffic.start(settings.count());
        enqueueing.untilSent("enqueue");
        Measurement queued = Measurement.now(run).since(begin);
        // They come back, and read no further than that before all are there.
        run.connect(returning);
        Measurement connected = Measurement.now(run);
        traffic.resume();
        Progress draining = new Progress(run, traffic);
        draining.untilQuiet("drain");
        Measurement drained = Measurement.now(run).atLastDelivery().since(connected);

        reportEnqueue(report, settings, queued);
        report.add("drained", "drained", run.loops().tally().delivered());
        reportDrain(report, settings, drained);
        traffic.losses().report(report);
        traffic.disconnect();
        forget(run, returning.size());
        run.reportFaults(report);
        return report;
    }

    private static void reportEnqueue(Report report, Settings settings, Measurement measured) {
        long publishes = measured.tally().acknowledged();
        long entries = publishes * settings.sessions();
        report.add("enqueued", "enqueued", entries)
                .add("publishedPerSecond", "published per second", measured.perSecond(publishes))
                .add("enqueuedPerSecond", "enqueued per second", measured.perSecond(entries))
                .add(
                        "publishMicrosMean",
                        "time per message and publisher, µs",
                        measured.seconds() * 1e6 * settings.pairs() / publishes);
        measured.reportCpu(report, settings, "enqueue", entries);
    }

    private static void reportDrain(Report report, Settings settings, Measurement measured) {
        long messages = measured.tally().delivered();
        report.add("drainedPerSecond", "drained per second", measured.perSecond(messages));
        measured.reportCpu(report, settings, "drain", messages);
    }

    private static List<Subscriber> subscribers(
            Run run, List<Publisher> publishers, boolean subscribe) {
        List<Subscriber> subscribers = new ArrayList<>();
        int sessions = run.settings().sessions();
        for (int i = 0; i < publishers.size() * sessions; i++) {
            int topic = i / sessions;
            subscribers.add(
                    new Subscriber(
                            run.loops().loop(i),
                            run.durableClient("s", i),
                            topic(run, topic),
                            run.settings().qos(),
                            subscribe,
                            topic,
                            List.of(publishers.get(topic))));
        }
        return subscribers;
    }

    private static String topic(Run run, int number) {
        return run.topic(Integer.toString(number));
    }

    private static void leave(Run run, List<? extends Client> clients) throws LoadException {
        run.connect(clients);
        run.disconnect(clients);
    }

    /** Ends the sessions, so that the broker is as it was. */
    private static void forget(Run run, int sessions) throws LoadException {
        List<Idler> clients = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            clients.add(new Idler(run.loops().loop(i), run.transientClient("s", i)));
        }
        leave(run, clients);
    }
}
