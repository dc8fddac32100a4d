package io.carillon.bench.scenario;

import io.carillon.bench.client.Publisher;
import io.carillon.bench.client.Subscriber;
import java.util.ArrayList;
import java.util.List;

/** Who publishes to whom in the scenarios with connected subscribers. */
final class Topologies {
    private Topologies() {}

    /** Each publisher has one subscriber on a topic of their own, and both the same loop. */
    static Traffic pairs(Run run) {
        int pairs = run.settings().pairs();
        List<Publisher> publishers = new ArrayList<>();
        List<Subscriber> subscribers = new ArrayList<>();
        for (int i = 0; i < pairs; i++) {
            String topic = run.topic(Integer.toString(i));
            publishers.add(publisher(run, i, topic, 1));
            subscribers.add(subscriber(run, i, topic, i, List.of(publishers.get(i))));
        }
        return new Traffic(run, publishers, subscribers, 1);
    }

    /** All subscribers get everything that is published to one topic. */
    static Traffic fanOut(Run run) {
        String topic = run.topic("all");
        int subscribers = run.settings().subscribers();
        List<Publisher> publishers = new ArrayList<>();
        for (int i = 0; i < run.settings().publishers(); i++) {
            publishers.add(publisher(run, i, topic, subscribers));
        }
        return new Traffic(run, publishers, all(run, topic, publishers), subscribers);
    }

    /** Each publisher has a topic of its own; each subscriber takes them all by a wildcard. */
    static Traffic fanIn(Run run) {
        int subscribers = run.settings().subscribers();
        List<Publisher> publishers = new ArrayList<>();
        for (int i = 0; i < run.settings().publishers(); i++) {
            publishers.add(publisher(run, i, run.topic(Integer.toString(i)), subscribers));
        }
        return new Traffic(run, publishers, all(run, run.topic("+"), publishers), subscribers);
    }

    static Publisher publisher(Run run, int number, String topic, int receivers) {
        Settings settings = run.settings();
        return new Publisher(
                run.loops().loop(number),
                run.transientClient("p", number),
                number,
                topic,
                settings.qos(),
                settings.payloadBytes(),
                settings.window(),
                receivers);
    }

    private static List<Subscriber> all(Run run, String filter, List<Publisher> publishers) {
        List<Subscriber> subscribers = new ArrayList<>();
        for (int i = 0; i < run.settings().subscribers(); i++) {
            subscribers.add(subscriber(run, i, filter, 0, publishers));
        }
        return subscribers;
    }

    private static Subscriber subscriber(
            Run run, int number, String filter, int first, List<Publisher> publishers) {
        return new Subscriber(
                run.loops().loop(number),
                run.transientClient("s", number),
                filter,
                run.settings().qos(),
                true,
                first,
                publishers);
    }
}
