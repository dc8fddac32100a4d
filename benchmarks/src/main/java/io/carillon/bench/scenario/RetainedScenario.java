package io.carillon.bench.scenario;

import io.carillon.bench.client.Client;
import io.carillon.bench.client.LoadException;
import io.carillon.bench.client.RetainedPublisher;
import io.carillon.bench.client.RetainedReader;
import io.carillon.bench.report.Report;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Retained messages of distinct topics: set, got by a wildcard, cleared. Gives the rate of each and
 * checks that all came, once and on their own topic.
 */
public final class RetainedScenario implements Scenario {
    private static final int LOOK_EVERY_MILLIS = 20;
    private static final int QUIET_LOOKS_MAX = 250;

    @Override
    public Report run(Run run) throws LoadException, IOException {
        Settings settings = run.settings();
        List<RetainedPublisher> publishers = publishers(run);
        List<RetainedReader> readers = readers(run);
        run.connect(publishers);
        run.connect(readers);
        long topics = settings.count() * publishers.size();
        Report report = new Report().add("topics", "topics", topics);

        Measurement begin = Measurement.now(run);
        onEach(run, publishers, publisher -> publisher.set(settings.count()));
        until(run, () -> all(run, publishers, RetainedPublisher::finished));
        Measurement set = Measurement.now(run);
        report(report, settings, "set", set.since(begin), topics);

        begin = Measurement.now(run);
        onEach(run, readers, RetainedReader::look);
        long wanted = topics * readers.size();
        until(run, () -> run.loops().tally().delivered() >= wanted);
        Measurement got = Measurement.now(run).atLastDelivery();
        report(report, settings, "got", got.since(begin), wanted);
        check(run, report, readers, wanted);
        run.disconnect(readers);

        begin = Measurement.now(run);
        onEach(run, publishers, publisher -> publisher.clear(settings.count()));
        until(run, () -> all(run, publishers, RetainedPublisher::finished));
        report(report, settings, "cleared", Measurement.now(run).since(begin), topics);
        run.disconnect(publishers);
        run.reportFaults(report);
        return report;
    }

    private static List<RetainedPublisher> publishers(Run run) {
        Settings settings = run.settings();
        List<RetainedPublisher> publishers = new ArrayList<>();
        for (int i = 0; i < settings.publishers(); i++) {
            publishers.add(
                    new RetainedPublisher(
                            run.loops().loop(i),
                            run.transientClient("p", i),
                            i,
                            run.topic(i + "/"),
                            settings.qos(),
                            settings.payloadBytes(),
                            settings.window()));
        }
        return publishers;
    }

    private static List<RetainedReader> readers(Run run) {
        Settings settings = run.settings();
        List<RetainedReader> readers = new ArrayList<>();
        for (int i = 0; i < settings.subscribers(); i++) {
            readers.add(
                    new RetainedReader(
                            run.loops().loop(i),
                            run.transientClient("r", i),
                            run.topic("#"),
                            settings.qos(),
                            settings.publishers()));
        }
        return readers;
    }

    private static void report(
            Report report, Settings settings, String key, Measurement measured, long messages) {
        report.add(key + "PerSecond", key + " per second", measured.perSecond(messages));
        measured.reportCpu(report, settings, key, messages);
    }

    private static void check(Run run, Report report, List<RetainedReader> readers, long wanted) {
        AtomicLong messages = new AtomicLong();
        AtomicLong wrong = new AtomicLong();
        AtomicLong doubled = new AtomicLong();
        onEach(
                run,
                readers,
                reader -> {
                    messages.addAndGet(reader.messages());
                    wrong.addAndGet(reader.wrong());
                    doubled.addAndGet(reader.doubled());
                });
        report.add("got", "got", messages.get());
        fault(report, "missing", wanted - messages.get());
        fault(report, "wrong", wrong.get());
        fault(report, "doubled", doubled.get());
    }

    private static void fault(Report report, String what, long messages) {
        report.add(what, what, messages);
        if (messages > 0) {
            report.fault(messages + " retained messages were " + what);
        }
    }

    /** Waits until it is done, or nothing moves any more. */
    private static void until(Run run, BooleanSupplier done) {
        long moved = -1;
        int quiet = 0;
        while (!done.getAsBoolean() && quiet < QUIET_LOOKS_MAX) {
            if (run.interruption().await(LOOK_EVERY_MILLIS)) {
                return;
            }
            long now = run.loops().tally().moves();
            quiet = now == moved ? quiet + 1 : 0;
            moved = now;
        }
    }

    private static <C extends Client> boolean all(Run run, List<C> clients, Predicate<C> is) {
        AtomicBoolean all = new AtomicBoolean(true);
        onEach(
                run,
                clients,
                client -> {
                    if (!is.test(client)) {
                        all.set(false);
                    }
                });
        return all.get();
    }

    private static <C extends Client> void onEach(Run run, List<C> clients, Consumer<C> action) {
        run.loops()
                .onEach(
                        loop ->
                                clients.stream()
                                        .filter(client -> client.loop() == loop)
                                        .forEach(action));
    }
}
