package io.carillon.bench.scenario;

import io.carillon.bench.client.FilterHolder;
import io.carillon.bench.client.LoadException;
import io.carillon.bench.report.Report;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Pairs beside many filters that match none of their messages: what it takes to load these, and
 * what they cost the traffic.
 */
public final class WildcardsScenario implements Scenario {

    @Override
    public Report run(Run run) throws LoadException, IOException {
        List<FilterHolder> holders = holders(run);
        Measurement before = Measurement.now(run);
        run.connect(holders);
        Measurement loaded = Measurement.now(run);
        long grown = loaded.broker().residentBytes() - before.broker().residentBytes();

        Report report = new OnlineScenario(Topologies::pairsAmongFilters).run(run);
        run.disconnect(holders);
        report(report, run.settings(), loaded.since(before), grown);
        return report;
    }

    /** Clients that are not connected yet, with the filters of the settings between them. */
    static List<FilterHolder> holders(Run run) {
        Settings settings = run.settings();
        List<FilterHolder> holders = new ArrayList<>();
        int holderCount = Math.min(settings.connections(), settings.filters());
        for (List<String> filters :
                new QuietFilters(run.topic(""), settings.pairs())
                        .dealt(settings.filters(), holderCount)) {
            int number = holders.size();
            holders.add(
                    new FilterHolder(
                            run.loops().loop(number), run.transientClient("f", number), filters));
        }
        return holders;
    }

    private static void report(Report report, Settings settings, Measurement load, long grown) {
        int filters = settings.filters();
        report.add("filters", "filters that match nothing", filters)
                .add("filterLoadSeconds", "seconds to load them", load.seconds())
                .add("filtersPerSecond", "filters loaded per second", load.perSecond(filters));
        if (!settings.brokerPids().isEmpty()) {
            report.add(
                            "brokerCpuMicrosPerFilter",
                            "broker CPU to load a filter, µs",
                            load.brokerMicrosPer(filters))
                    .add(
                            "brokerBytesPerFilter",
                            "broker memory per filter, bytes",
                            grown / (double) filters);
        }
    }
}
