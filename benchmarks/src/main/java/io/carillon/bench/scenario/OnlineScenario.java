package io.carillon.bench.scenario;

import io.carillon.bench.client.LoadException;
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

    private OnlineScenario(Function<Run, Traffic> topology) {
        this.topology = topology;
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

    @Override
    public Report run(Run run) throws LoadException, IOException {
        Settings settings = run.settings();
        Traffic traffic = topology.apply(run);
        traffic.connect();
        Progress progress = new Progress(run, traffic);
        Report report = new Report();
        Measurement measured =
                settings.count() > 0
                        ? byCount(run, traffic, progress)
                        : byTime(run, traffic, progress);
        Latency latency = run.loops().latency();
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
        traffic.losses().report(report, settings.qos());
        traffic.disconnect();
        run.reportFaults(report);
        return report;
    }

    private static Measurement byTime(Run run, Traffic traffic, Progress progress)
            throws IOException {
        Settings settings = run.settings();
        traffic.start(Publisher.NO_LIMIT);
        progress.seconds("warm-up", settings.warmupSeconds());
        run.loops().onEach(loop -> loop.latency().clear());
        Measurement begin = Measurement.now(run);
        progress.seconds("measure", settings.seconds());
        Measurement end = Measurement.now(run);
        traffic.stop();
        return end.since(begin);
    }

    private static Measurement byCount(Run run, Traffic traffic, Progress progress)
            throws IOException {
        Measurement begin = Measurement.now(run);
        traffic.start(run.settings().count());
        progress.untilQuiet("measure");
        return Measurement.now(run).atLastDelivery().since(begin);
    }
}
