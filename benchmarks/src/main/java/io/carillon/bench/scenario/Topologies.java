package io.carillon.bench.scenario;

import io.carillon.bench.client.Publisher;

/** Who publishes to whom in the scenarios with connected subscribers. */
final class Topologies {
    private Topologies() {}

    static Traffic pairs(Run run) {
        return new TrafficBuilder(run).pairs("", "", run.settings().qos()).build();
    }

    /** Pairs on topics like those of {@link QuietFilters}. */
    static Traffic pairsAmongFilters(Run run) {
        return new TrafficBuilder(run)
                .pairs("", QuietFilters.TOPIC_END, run.settings().qos())
                .build();
    }

    static Traffic fanOut(Run run) {
        Settings settings = run.settings();
        return new TrafficBuilder(run).fanOut("", settings.qos()).build();
    }

    static Traffic fanIn(Run run) {
        Settings settings = run.settings();
        return new TrafficBuilder(run).fanIn("", settings.qos()).build();
    }

    static Traffic shared(Run run) {
        Settings settings = run.settings();
        return new TrafficBuilder(run).shared("", settings.qos()).build();
    }

    static Publisher publisher(Run run, int number, String topic, int receivers) {
        return publisher(run, number, topic, run.settings().qos(), receivers);
    }

    static Publisher publisher(Run run, int number, String topic, int qos, int receivers) {
        Settings settings = run.settings();
        return new Publisher(
                run.loops().loop(number),
                run.transientClient("p", number),
                number,
                topic,
                qos,
                settings.payloadBytes(),
                settings.window(),
                receivers);
    }
}
