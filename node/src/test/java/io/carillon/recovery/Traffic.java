package io.carillon.recovery;

import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.QoS;
import io.carillon.testing.RawClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * The clients of the test and what they know: publishers at QoS 1 and 2 in both versions,
 * subscribers in both that take everything, one that subscribed and went away, and one that
 * publishes retained messages. All have durable sessions, on which they go on after each kill.
 */
public final class Traffic {
    /** As many as the broker takes. */
    public static final int UNLIMITED = 1_000_000_000;

    private static final List<MqttVersion> VERSIONS = List.of(MqttVersion.V3_1_1, MqttVersion.V5);
    private static final int FIRST_SECONDS = 30;
    private static final int ROUND_SECONDS = 2;

    private final Place place;
    private final int perSecondMax;
    private final Semaphore acknowledgements = new Semaphore(0);
    private final List<RawClient> clients = new ArrayList<>();
    private final List<Survivor> publishing = new ArrayList<>();
    private final List<Survivor> subscribing = new ArrayList<>();

    // By topic.
    private final Map<String, Publishing> numbers = new LinkedHashMap<>();
    private final Map<String, QoS> levels = new LinkedHashMap<>();

    private final Map<RawClient, Book> books = new LinkedHashMap<>();
    private final Publishing states;

    /**
     * Traffic that is yet to begin.
     *
     * @param perSecondMax messages of each publisher
     */
    public Traffic(Place place, int perSecondMax) {
        this.place = place;
        this.perSecondMax = perSecondMax;
        this.states = publishing(Retained::topicOf, QoS.AT_LEAST_ONCE, true);
    }

    private Publishing publishing(IntFunction<String> topicOf, QoS qos, boolean retain) {
        return new Publishing(
                topicOf, qos, retain, acknowledgements, place.mayRefuse(), perSecondMax);
    }

    /** Connects all, and lets them begin. */
    public void begin() throws IOException, InterruptedException {
        RawClient away = subscriber("away", MqttVersion.V5);
        away.disconnect();
        for (MqttVersion version : VERSIONS) {
            RawClient client = subscriber("subscriber-" + version, version);
            subscribing.add(new Survivor(client, place, books.get(client)));
        }
        for (MqttVersion version : VERSIONS) {
            for (QoS qos : List.of(QoS.AT_LEAST_ONCE, QoS.EXACTLY_ONCE)) {
                String topic = "number/" + version + "/" + qos;
                Publishing turns = publishing(_ -> topic, qos, false);
                numbers.put(topic, turns);
                levels.put(topic, qos);
                publish("publisher-" + version + "-" + qos, version, turns);
            }
        }
        publish("states", MqttVersion.V5, states);
    }

    private RawClient subscriber(String name, MqttVersion version)
            throws IOException, InterruptedException {
        RawClient client = connected(name, version);
        client.subscribe("number/#", QoS.EXACTLY_ONCE);
        books.put(client, new Book(name));
        return client;
    }

    private void publish(String name, MqttVersion version, Publishing turns)
            throws IOException, InterruptedException {
        publishing.add(new Survivor(connected(name, version), place, turns));
    }

    private RawClient connected(String name, MqttVersion version)
            throws IOException, InterruptedException {
        RawClient client = RawClient.durable(name, version);
        clients.add(client);
        Comeback.connect(client, place);
        return client;
    }

    /** Waits for so many acknowledgements from now on, or for a while; fails if there is none. */
    public void awaitAcknowledgements(int count) throws InterruptedException {
        acknowledgements.drainPermits();
        boolean any = acknowledgements.tryAcquire(1, FIRST_SECONDS, TimeUnit.SECONDS);
        publishing.forEach(Survivor::check);
        subscribing.forEach(Survivor::check);
        if (!any) {
            throw new AssertionError("no acknowledgement within " + FIRST_SECONDS + " s");
        }
        if (!acknowledgements.tryAcquire(count, ROUND_SECONDS, TimeUnit.SECONDS)) {
            // A slow machine: the moment is as good as another.
            acknowledgements.drainPermits();
        }
    }

    /** Checks what a broker has retained, while nobody publishes. */
    void checkRetained(InetSocketAddress broker) throws IOException {
        Retained.check(broker, states);
    }

    /** Publishes nothing more and waits until everything is acknowledged. */
    public void end() {
        states.finish();
        numbers.values().forEach(Publishing::finish);
        publishing.forEach(Survivor::join);
        subscribing.forEach(Survivor::end);
    }

    /** Checks what every subscriber got, the one that was away included, and what is retained. */
    public void check() throws IOException, InterruptedException {
        Map<String, Integer> due = new LinkedHashMap<>();
        numbers.forEach(
                (topic, turns) -> due.put(topic, turns.sent() - turns.refused().cardinality()));
        for (Map.Entry<RawClient, Book> each : books.entrySet()) {
            if (!Comeback.connect(each.getKey(), place)) {
                throw new AssertionError("the broker has forgotten a session");
            }
            each.getValue().complete(each.getKey(), due);
        }
        books.values()
                .forEach(
                        book ->
                                numbers.forEach(
                                        (topic, turns) ->
                                                book.check(
                                                        topic,
                                                        levels.get(topic),
                                                        turns.sent(),
                                                        turns.refused())));
        checkRetained(place.next());
        clients.forEach(RawClient::close);
    }

    /** How many messages were refused so far. */
    public int refused() {
        return numbers.values().stream().mapToInt(turns -> turns.refused().cardinality()).sum();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(states.sent() + " retained");
        numbers.forEach(
                (topic, turns) -> text.append(", ").append(turns.sent()).append(' ').append(topic));
        return text.toString();
    }
}
