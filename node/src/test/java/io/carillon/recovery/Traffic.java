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

/**
 * The clients of the test and what they know: publishers at QoS 1 and 2 in both versions,
 * subscribers in both that take everything, one that subscribed and went away, and one that
 * publishes retained messages. All have durable sessions, on which they go on after each kill.
 */
final class Traffic {
    private static final List<MqttVersion> VERSIONS = List.of(MqttVersion.V3_1_1, MqttVersion.V5);
    private static final int FIRST_SECONDS = 30;
    private static final int ROUND_SECONDS = 2;

    private final BrokerPlace place = new BrokerPlace();
    private final Semaphore acknowledgements = new Semaphore(0);
    private final List<RawClient> clients = new ArrayList<>();
    private final List<Survivor> publishing = new ArrayList<>();
    private final List<Survivor> subscribing = new ArrayList<>();

    // By topic.
    private final Map<String, Publishing> numbers = new LinkedHashMap<>();
    private final Map<String, QoS> levels = new LinkedHashMap<>();

    private final Map<RawClient, Book> books = new LinkedHashMap<>();
    private final Publishing states =
            new Publishing(Retained::topicOf, QoS.AT_LEAST_ONCE, true, acknowledgements);

    /** Connects all to a broker that lives, and lets them begin. */
    void begin(InetSocketAddress broker) throws IOException {
        place.up(broker);
        RawClient away = subscriber("away", MqttVersion.V5, broker);
        away.disconnect();
        for (MqttVersion version : VERSIONS) {
            RawClient client = subscriber("subscriber-" + version, version, broker);
            subscribing.add(new Survivor(client, place, books.get(client)));
        }
        for (MqttVersion version : VERSIONS) {
            for (QoS qos : List.of(QoS.AT_LEAST_ONCE, QoS.EXACTLY_ONCE)) {
                String topic = "number/" + version + "/" + qos;
                Publishing turns = new Publishing(_ -> topic, qos, false, acknowledgements);
                numbers.put(topic, turns);
                levels.put(topic, qos);
                publish("publisher-" + version + "-" + qos, version, broker, turns);
            }
        }
        publish("states", MqttVersion.V5, broker, states);
    }

    private RawClient subscriber(String name, MqttVersion version, InetSocketAddress broker)
            throws IOException {
        RawClient client = connected(name, version, broker);
        client.subscribe("number/#", QoS.EXACTLY_ONCE);
        books.put(client, new Book(name));
        return client;
    }

    private void publish(
            String name, MqttVersion version, InetSocketAddress broker, Publishing turns)
            throws IOException {
        publishing.add(new Survivor(connected(name, version, broker), place, turns));
    }

    private RawClient connected(String name, MqttVersion version, InetSocketAddress broker)
            throws IOException {
        RawClient client = RawClient.durable(name, version);
        clients.add(client);
        client.connect(broker);
        return client;
    }

    /** Waits for so many acknowledgements from now on, or for a while; fails if there is none. */
    void awaitAcknowledgements(int count) throws InterruptedException {
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

    /** To be told right before. */
    void brokerDies() {
        place.down();
    }

    /** Checks what is retained while nobody publishes, then lets the clients come back. */
    void brokerIsBack(InetSocketAddress broker) throws IOException {
        Retained.check(broker, states);
        place.up(broker);
    }

    /** Publishes nothing more and waits until everything is acknowledged. */
    void end() {
        states.finish();
        numbers.values().forEach(Publishing::finish);
        publishing.forEach(Survivor::join);
        subscribing.forEach(Survivor::end);
    }

    /** Checks what every subscriber got, the one that was away included, and what is retained. */
    void check(InetSocketAddress broker) throws IOException {
        Map<String, Integer> sent = new LinkedHashMap<>();
        numbers.forEach((topic, turns) -> sent.put(topic, turns.sent()));
        for (Map.Entry<RawClient, Book> each : books.entrySet()) {
            if (!each.getKey().connect(broker)) {
                throw new AssertionError("the broker has forgotten a session");
            }
            each.getValue().complete(each.getKey(), sent);
        }
        books.values()
                .forEach(
                        book ->
                                sent.forEach(
                                        (topic, count) ->
                                                book.check(topic, levels.get(topic), count)));
        Retained.check(broker, states);
        clients.forEach(RawClient::close);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(states.sent() + " retained");
        numbers.forEach(
                (topic, turns) -> text.append(", ").append(turns.sent()).append(' ').append(topic));
        return text.toString();
    }
}
