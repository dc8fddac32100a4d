package io.carillon.bench.scenario;

import io.carillon.bench.client.Client;
import io.carillon.bench.client.Idler;
import io.carillon.bench.client.LoadException;
import io.carillon.bench.client.Publisher;
import io.carillon.bench.client.Subscriber;
import io.carillon.bench.report.Report;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Durable sessions that subscribe and go away; what is published meanwhile is queued, then they
 * come back and take it. Gives the rate of each and checks that nothing is missing.
 */
public final class OfflineScenario implements Scenario {

    @Override
    public Report run(Run run) throws LoadException, IOException {
        Settings settings = run.settings();
        List<Publisher> publishers = new ArrayList<>();
        for (int i = 0; i < settings.pairs(); i++) {
            publishers.add(Topologies.publisher(run, i, topic(run, i), 0));
        }
        leave(run, subscribers(run, publishers, true));
        List<Subscriber> returning = subscribers(run, publishers, false);
        Traffic traffic = new Traffic(run, publishers, returning, 1);
        run.connect(publishers);

        Measurement begin = Measurement.now(run);
        Progress enqueueing = new Progress(run, traffic);
        traffic.start(settings.count());
        enqueueing.untilSent("enqueue");
        Measurement queued = Measurement.now(run);
        run.connect(returning);
        Progress draining = new Progress(run, traffic);
        draining.untilQuiet("drain");
        Measurement drained = Measurement.now(run).atLastDelivery();

        Report report = new Report().add("sessions", "durable sessions", settings.pairs());
        report(report, settings, queued.since(begin), drained.since(queued));
        traffic.losses().report(report);
        traffic.disconnect();
        forget(run);
        run.reportFaults(report);
        return report;
    }

    private static void report(
            Report report, Settings settings, Measurement enqueue, Measurement drain) {
        long queued = enqueue.tally().acknowledged();
        report.add("enqueued", "enqueued", queued)
                .add("enqueuedPerSecond", "enqueued per second", enqueue.perSecond(queued));
        enqueue.reportCpu(report, settings, "enqueue", queued);
        long drained = drain.tally().delivered();
        report.add("drained", "drained", drained)
                .add("drainedPerSecond", "drained per second", drain.perSecond(drained));
        drain.reportCpu(report, settings, "drain", drained);
    }

    private static List<Subscriber> subscribers(
            Run run, List<Publisher> publishers, boolean subscribe) {
        List<Subscriber> subscribers = new ArrayList<>();
        for (int i = 0; i < publishers.size(); i++) {
            subscribers.add(
                    new Subscriber(
                            run.loops().loop(i),
                            run.durableClient("s", i),
                            topic(run, i),
                            run.settings().qos(),
                            subscribe,
                            i,
                            List.of(publishers.get(i))));
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
    private static void forget(Run run) throws LoadException {
        List<Idler> clients = new ArrayList<>();
        for (int i = 0; i < run.settings().pairs(); i++) {
            clients.add(new Idler(run.loops().loop(i), run.transientClient("s", i)));
        }
        leave(run, clients);
    }
}
