package io.carillon.bench.scenario;

import io.carillon.bench.client.Publisher;
import io.carillon.bench.client.Subscriber;
import io.carillon.bench.report.Ledger;
import io.carillon.bench.report.MemberLedger;
import io.carillon.bench.report.OwnLedger;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts publishers and subscribers together, group after group. All are numbered through, so that
 * one run may hold several groups; each group's topics begin with its own name.
 */
final class TrafficBuilder {
    /** A group's ledger remembers so many windows: a member may lag behind the others. */
    private static final int WINDOWS_REMEMBERED = 4;

    private static final int SPAN_MIN = 1_024;
    private static final int SPAN_MAX = 1 << 20;

    private final Run run;
    private final List<Publisher> publishers = new ArrayList<>();
    private final List<Subscriber> subscribers = new ArrayList<>();

    TrafficBuilder(Run run) {
        this.run = run;
    }

    Traffic build() {
        return new Traffic(run, List.copyOf(publishers), List.copyOf(subscribers));
    }

    /** Each publisher has one subscriber on a topic of their own, and both the same loop. */
    TrafficBuilder pairs(String name, String topicEnd, int qos) {
        for (int i = 0; i < run.settings().pairs(); i++) {
            String topic = run.topic(name + i + topicEnd);
            int first = publishers.size();
            publisher(topic, qos, 1);
            List<Publisher> one = List.of(publishers.getLast());
            subscriber(first, topic, qos, first, one, new OwnLedger(1));
        }
        return this;
    }

    /** All subscribers get everything that is published to one topic. */
    TrafficBuilder fanOut(String name, int qos) {
        String topic = run.topic(name + "all");
        return everyone(
                publishers(run.settings().publishers(), topic, false, qos, subscriberCount()),
                topic,
                qos);
    }

    /** Each publisher has a topic of its own; each subscriber takes them all by a wildcard. */
    TrafficBuilder fanIn(String name, int qos) {
        String topics = run.topic(name);
        return everyone(
                publishers(run.settings().publishers(), topics, true, qos, subscriberCount()),
                topics + "+",
                qos);
    }

    /**
     * Each publisher has a topic of its own; the members of each shared group take them between
     * them. All members of a group have the same loop, which keeps the group's ledger.
     */
    TrafficBuilder shared(String name, int qos) {
        Settings settings = run.settings();
        String topics = run.topic(name);
        int first = publishers.size();
        List<Publisher> heard =
                publishers(settings.publishers(), topics, true, qos, settings.groups());
        for (int group = 0; group < settings.groups(); group++) {
            String filter = "$share/g" + group + "/" + topics + "+";
            MemberLedger ledger = MemberLedger.first(heard.size(), span());
            for (int member = 0; member < settings.members(); member++) {
                subscriber(group, filter, qos, first, heard, ledger);
                ledger = ledger.next();
            }
        }
        return this;
    }

    /** How many numbers a group remembers. */
    private int span() {
        Settings settings = run.settings();
        long least = (long) WINDOWS_REMEMBERED * settings.window() * settings.groups();
        return Integer.highestOneBit(Math.clamp(2 * least, SPAN_MIN, SPAN_MAX));
    }

    private int subscriberCount() {
        return run.settings().subscribers();
    }

    private TrafficBuilder everyone(List<Publisher> heard, String filter, int qos) {
        int first = heard.getFirst().number();
        for (int i = 0; i < subscriberCount(); i++) {
            subscriber(i, filter, qos, first, heard, new OwnLedger(heard.size()));
        }
        return this;
    }

    private List<Publisher> publishers(
            int count, String topic, boolean numbered, int qos, int receivers) {
        int first = publishers.size();
        for (int i = 0; i < count; i++) {
            publisher(numbered ? topic + i : topic, qos, receivers);
        }
        return List.copyOf(publishers.subList(first, publishers.size()));
    }

    private void publisher(String topic, int qos, int receivers) {
        publishers.add(Topologies.publisher(run, publishers.size(), topic, qos, receivers));
    }

    private void subscriber(
            int loop, String filter, int qos, int first, List<Publisher> heard, Ledger ledger) {
        subscribers.add(
                new Subscriber(
                        run.loops().loop(loop),
                        run.transientClient("s", subscribers.size()),
                        filter,
                        qos,
                        true,
                        first,
                        heard,
                        ledger));
    }
}
