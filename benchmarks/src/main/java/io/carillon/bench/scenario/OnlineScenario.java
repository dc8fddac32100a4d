package io.carillon.bench.scenario;

import io.carillon.bench.client.LoadException;
import io.carillon.bench.client.LoadLoop;
import io.carillon.bench.client.Publisher;
import io.carillon.bench.report.Latency;
import io.carillon.bench.report.Report;
import io.carillon.bench.report.Tally;
import java.io.IOException;
import java.util.function.Function;

/**
 * Publishers and connected subscribers: connect, warm up, measure for some seconds or so many
 * messages, stop, wait for what is on its way, and check the numbers.
 */
public final class OnlineScenario implements Scenario {
    private final Function<Run, Traffic> topology;
    private final boolean timesAll;

    OnlineScenario(Function<Run, Traffic> topology) {
        this(topology, false);
    }

    private OnlineScenario(Function<Run, Traffic> topology, boolean timesAll) {
        this.topology = topology;
        this.timesAll = timesAll;
    }

    public static Scenario pairs() {
        return new OnlineScenario(Topologies::pairs);
    }

    public static Scenario fanOut() {
        return new OnlineScenario(Topologies::fanOut);
    }

    public static Scenario fanIn() {
        return new OnlineScenario(Topologies::fanIn);
    }

    /** Pairs whose every message is timed; the window is to be one message. */
    public static Scenario single() {
        return new OnlineScenario(Topologies::pairs, true);
    }

    /** Pairs whose every message is timed; there is to be a rate. */
    public static Scenario latency() {
        return new OnlineScenario(Topologies::pairs, true);
    }

    public static Scenario shared() {
        return new OnlineScenario(Topologies::shared);
    }

    @Override
    public Report run(Run run) throws LoadException, IOException {
        Settings settings = run.settings();
        Traffic traffic = topology.apply(run);
        traffic.connect();
        if (timesAll) {
            run.loops().onEach(loop -> loop.latency().timeAll());
        }
        Progress progress = new Progress(run, traffic);
        Report report = new Report();
        Measurement measured =
                settings.count() > 0
                        ? byCount(run, traffic, progress)
                        : byTime(run, traffic, progress);
        Latency latency = run.loops().latency();
        Latency lateness = run.loops().lateness();
        progress.untilQuiet("settle");

        Tally tally = measured.tally();
        long delivered = tally.delivered();
        report.add("seconds", "seconds measured", measured.seconds())
                .add("connections", "connections", traffic.clients())
                .add("sentPerSecond", "sent per second", measured.perSecond(tally.sent()))
                .add("delivered", "delivered", delivered)
                .add("deliveredPerSecond", "delivered per second", measured.perSecond(delivered));
        measured.reportCpu(report, settings, "", delivered);
        Measurement.reportLatency(report, latency);
        if (settings.rate() > 0) {
            reportSchedule(report, settings, lateness);
        }
        traffic.losses().report(report);
        traffic.disconnect();
        run.reportFaults(report);
        return report;
    }

    private static Measurement byTime(Run run, Traffic traffic, Progress progress)
            throws IOException {
        Settings settings = run.settings();
        traffic.start(Publisher.NO_LIMIT);
        progress.seconds("warm-up", settings.warmupSeconds());
        run.loops().onEach(LoadLoop::clearTimes);
        Measurement begin = Measurement.now(run);
        progress.seconds("measure", settings.seconds());
        Measurement end = Measurement.now(run);
        traffic.stop();
        return end.since(begin);
    }

    /** Whether this program kept to its schedule: what it is late is part of the latency. */
    private static void reportSchedule(Report report, Settings settings, Latency lateness) {
        report.add("rate", "rate asked for, messages per second", settings.rate())
                .add("lateMicrosP50", "sent late p50, µs", lateness.percentileMicros(50))
                .add("lateMicrosP99", "sent late p99, µs", lateness.percentileMicros(99))
                .add("lateMicrosMax", "sent late, longest, µs", lateness.percentileMicros(100));
    }

    private static Measurement byCount(Run run, Traffic traffic, Progress progress)
            throws IOException {
        Measurement begin = Measurement.now(run);
        traffic.start(run.settings().count());
        progress.untilQuiet("measure");
        return Measurement.now(run).atLastDelivery().since(begin);
    }
}
