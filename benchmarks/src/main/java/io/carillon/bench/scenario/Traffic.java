package io.carillon.bench.scenario;

import io.carillon.bench.client.LoadException;
import io.carillon.bench.client.LoadLoop;
import io.carillon.bench.client.Pacer;
import io.carillon.bench.client.Publisher;
import io.carillon.bench.client.Schedule;
import io.carillon.bench.client.Subscriber;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Publishers, and the subscribers that get the messages of those publishers they were made for: all
 * of them, or those that the other members of their shared group do not get.
 */
record Traffic(Run run, List<Publisher> publishers, List<Subscriber> subscribers) {

    /** Subscribers first: a message that nobody hears is nobody's loss. */
    void connect() throws LoadException {
        run.connect(subscribers);
        run.connectPublishers(publishers);
    }

    void disconnect() {
        run.disconnect(publishers);
        run.disconnect(subscribers);
    }

    int clients() {
        return publishers.size() + subscribers.size();
    }

    /** Has each publisher send so many messages more, or at a rate so many in all. */
    void start(long messages) {
        int rate = run.settings().rate();
        if (rate == 0) {
            onPublishers(publisher -> publisher.start(messages));
            return;
        }
        long beginNanos = System.nanoTime();
        onPublishers(
                publisher ->
                        publisher.start(
                                messages,
                                Schedule.of(
                                        beginNanos, publisher.number(), publishers.size(), rate)));
        run.loops().onEach(loop -> new Pacer(loop, publishersOn(loop)).run());
    }

    /** Has the subscribers of sessions that were there before read what waits for them. */
    void resume() {
        run.loops()
                .onEach(
                        loop ->
                                subscribers.stream()
                                        .filter(subscriber -> subscriber.loop() == loop)
                                        .forEach(Subscriber::resume));
    }

    void stop() {
        onPublishers(Publisher::stop);
    }

    /** To be called each second. */
    void tick() {
        onPublishers(Publisher::tick);
    }

    /** True when the publishers have nothing left to send or to hear. */
    boolean sent() {
        AtomicBoolean all = new AtomicBoolean(true);
        onPublishers(
                publisher -> {
                    if (!publisher.finished()) {
                        all.set(false);
                    }
                });
        return all.get();
    }

    private void onPublishers(Consumer<Publisher> action) {
        run.loops().onEach(loop -> publishersOn(loop).forEach(action));
    }

    private List<Publisher> publishersOn(LoadLoop loop) {
        return publishers.stream().filter(publisher -> publisher.loop() == loop).toList();
    }

    /** What the numbers of the messages tell of those sent so far. */
    Losses losses() {
        long[] sent = new long[publishers.size()];
        onPublishers(publisher -> sent[publisher.number()] = publisher.sent());
        Losses losses = new Losses();
        run.loops()
                .onEach(
                        loop ->
                                subscribers.stream()
                                        .filter(subscriber -> subscriber.loop() == loop)
                                        .forEach(subscriber -> losses.add(subscriber, sent)));
        return losses;
    }
}
