package io.carillon.bench.scenario;

import io.carillon.bench.client.FilterHolder;
import io.carillon.bench.client.LoadException;
import io.carillon.bench.report.Report;
import java.io.IOException;
import java.util.List;

/**
 * Everything at once: pairs at each QoS, fan-out at QoS 0, shared groups at QoS 1, filters that
 * match nothing, clients that come and go, and retained messages being set.
 */
public final class MixedScenario implements Scenario {

    @Override
    public Report run(Run run) throws LoadException, IOException {
        List<FilterHolder> holders = WildcardsScenario.holders(run);
        run.connect(holders);
        Background background = new Background(run);
        background.start();
        Report report;
        try {
            report = new OnlineScenario(MixedScenario::traffic).run(run);
        } finally {
            background.stop();
        }
        run.disconnect(holders);
        report.add("filters", "filters that match nothing", run.settings().filters());
        background.report(report);
        return report;
    }

    private static Traffic traffic(Run run) {
        TrafficBuilder builder = new TrafficBuilder(run);
        for (int qos = 0; qos <= 2; qos++) {
            builder.pairs("q" + qos + "-", QuietFilters.TOPIC_END, qos);
        }
        return builder.fanOut("fan/", 0).shared("shared/", 1).build();
    }
}
