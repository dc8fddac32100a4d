package io.carillon.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.carillon.e2e.broker.Broker;
import io.carillon.e2e.broker.Link;
import io.carillon.e2e.broker.Names;
import io.carillon.e2e.client.ClientKind;
import io.carillon.e2e.client.ClientOptions;
import io.carillon.e2e.client.Clients;
import io.carillon.e2e.client.Message;
import io.carillon.e2e.client.TestClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is still there after the broker was stopped, or killed, and started again. */
final class RestartIT {
    @TempDir Path folder;

    private final String topic = Names.topic();

    @AutoClose private final Clients clients = new Clients();
    private Broker broker;
    private Link link;

    /** How the broker goes down. */
    enum Way {
        SIGTERM(Broker::restart),
        SIGKILL(Broker::killAndStart);

        private final Consumer<Broker> go;

        Way(Consumer<Broker> go) {
            this.go = go;
        }
    }

    @BeforeEach
    void start() {
        broker = Broker.start(folder);
        link = new Link(broker.tcp());
    }

    @AfterEach
    void stop() {
        link.close();
        broker.close();
    }

    /**
     * Sessions of all client libraries keep their subscriptions and queues, topics their retained
     * messages.
     *
     * <p>[MQTT-4.1.0-1] [MQTT3-4.1.0-1] [MQTT-3.1.2-23] [MQTT3-3.1.2-4] [MQTT3-3.1.2-5]
     * [MQTT-3.3.1-5] [MQTT3-3.3.1-5] [MQTT3-3.1.2-7]
     */
    @ParameterizedTest
    @EnumSource
    void sessionsAndRetainedMessagesStay(Way way) {
        for (ClientKind kind : ClientKind.values()) {
            TestClient client = clients.connect(kind, broker.tcp(), durable(kind.name()));
            client.subscribe(topic + "/#", 2);
            client.unsubscribe(topic + "/#");
            client.subscribe(topic + "/+", 2);
            client.disconnect();
        }
        TestClient publisher = connect();
        Set<Message> queued = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            Message message = Message.of(topic + "/queue", "message " + i, 1 + i % 2);
            publisher.publish(message);
            queued.add(message);
        }
        publisher.publish(Message.of(topic + "/not/subscribed", "any more", 1));
        publisher.publish(Message.retained(topic + "/kept/deep", "retained", 1));
        publisher.publish(Message.retained(topic + "/gone/deep", "retained", 1));
        publisher.publish(Message.retained(topic + "/gone/deep", "", 1));
        clients.close();

        way.go.accept(broker);

        TestClient later = connect();
        later.subscribe(topic + "/+/deep", 1);
        assertEquals(Message.retained(topic + "/kept/deep", "retained", 1), later.receive());
        Message live = Message.of(topic + "/queue", "live", 1);
        later.publish(live);
        queued.add(live);
        for (ClientKind kind : ClientKind.values()) {
            TestClient client = clients.open(kind, broker.tcp(), durable(kind.name()));
            assertEquals(!kind.isV31(), client.connect(), kind.name());
            assertEquals(queued, Set.copyOf(client.receive(queued.size())), kind.name());
        }
    }

    /**
     * QoS 2 stays exactly once for messages that were under way in both directions.
     *
     * <p>[MQTT-4.3.3-8] [MQTT-4.3.3-10] [MQTT-4.4.0-1] [MQTT3-4.3.3-1] [MQTT3-4.3.3-2]
     * [MQTT3-4.4.0-1]
     */
    @ParameterizedTest
    @EnumSource
    void exchangesUnderWayAreCompleted(Way way) {
        for (ClientKind kind : List.of(ClientKind.HIVEMQ_311, ClientKind.HIVEMQ_5)) {
            link.redirect(broker.tcp());
            String own = topic + "/" + kind;
            TestClient receiver = clients.connect(kind, link.endpoint(), durable(Names.clientId()));
            receiver.subscribe(own, 2);
            TestClient publisher =
                    clients.connect(kind, link.endpoint(), durable(Names.clientId()));
            List<Message> messages =
                    IntStream.range(0, 500)
                            .mapToObj(i -> Message.of(own, "message " + i, 2))
                            .toList();
            messages.forEach(publisher::publishing);
            List<Message> received = new ArrayList<>(receiver.receive(20));

            way.go.accept(broker);
            link.redirect(broker.tcp());
            receiver.awaitEnd();
            publisher.awaitEnd();
            receiver.connect();
            publisher.connect();

            received.addAll(receiver.receive(messages.size() - received.size()));
            assertEquals(messages, received);
            Message last = Message.of(own, "last", 2);
            publisher.publish(last);
            assertEquals(last, receiver.receive());
        }
    }

    /**
     * The broker's end is the end of its connections: wills are published, at the latest when it is
     * back.
     *
     * <p>[MQTT-3.1.2-8] [MQTT3-3.1.2-8]
     */
    @ParameterizedTest
    @EnumSource
    void willsArePublished(Way way) {
        TestClient watcher = clients.connect(ClientKind.HIVEMQ_5, broker.tcp(), durable("watcher"));
        watcher.subscribe(topic + "/+", 1);
        watcher.disconnect();
        Set<Message> wills = new HashSet<>();
        for (ClientKind kind : ClientKind.values()) {
            for (boolean durable : new boolean[] {true, false}) {
                String id = kind.name() + durable;
                Message will = Message.of(topic + "/" + id, "gone", 1);
                ClientOptions options = durable ? durable(id) : ClientOptions.transientSession(id);
                clients.connect(kind, broker.tcp(), options.withWill(will));
                wills.add(will);
            }
        }

        way.go.accept(broker);

        TestClient again = clients.connect(ClientKind.HIVEMQ_5, broker.tcp(), durable("watcher"));
        assertEquals(wills, Set.copyOf(again.receive(wills.size())));
    }

    private TestClient connect() {
        return clients.connect(
                ClientKind.HIVEMQ_5,
                broker.tcp(),
                ClientOptions.transientSession(Names.clientId()));
    }

    private static ClientOptions durable(String clientId) {
        return ClientOptions.durableSession(clientId);
    }
}
