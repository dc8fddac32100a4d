package io.carillon.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.e2e.broker.Broker;
import io.carillon.e2e.broker.Link;
import io.carillon.e2e.broker.Names;
import io.carillon.e2e.broker.OnOneAndThreeNodes;
import io.carillon.e2e.client.ClientKind;
import io.carillon.e2e.client.ClientOptions;
import io.carillon.e2e.client.Clients;
import io.carillon.e2e.client.Message;
import io.carillon.e2e.client.TestClient;
import io.carillon.e2e.client.Within;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Clients that don't read while more comes for them than the broker has memory for. */
@OnOneAndThreeNodes
final class SlowReaderIT {
    /** Together about 90 MB, for a broker with a heap of 256 MB: four copies would not fit. */
    private static final int MESSAGES = 1_500;

    private static final String PAYLOAD = "x".repeat(60_000);
    private static final int IN_FLIGHT = 50;

    private final Broker broker;
    private final Link link;
    private final String topic = Names.topic();

    @AutoClose private final Clients clients = new Clients();

    SlowReaderIT(Broker broker) {
        this.broker = broker;
        this.link = new Link(broker.tcp());
    }

    @AfterEach
    void closeLink() {
        link.close();
    }

    /**
     * They cost bounded memory and nobody else's messages, and get on when they read again: what
     * they missed is missing at the end of their queue, never out of order.
     */
    @Test
    void holdNobodyUp() {
        List<TestClient> slow =
                List.of(
                        subscribed(link, ClientOptions.transientSession(Names.clientId()), 0),
                        subscribed(link, ClientOptions.transientSession(Names.clientId()), 1),
                        subscribed(link, ClientOptions.durableSession(Names.clientId()), 1));
        TestClient fast =
                clients.connect(
                        ClientKind.HIVEMQ_5,
                        broker.tcp(),
                        ClientOptions.transientSession(Names.clientId()));
        fast.subscribe(topic, 1);
        link.stall();
        TestClient publisher =
                clients.connect(
                        ClientKind.HIVEMQ_311,
                        broker.tcp(),
                        ClientOptions.transientSession(Names.clientId()));
        for (int first = 0; first < MESSAGES; first += IN_FLIGHT) {
            List<CompletableFuture<?>> sent = new ArrayList<>();
            for (int i = first; i < first + IN_FLIGHT; i++) {
                sent.add(publisher.publishing(Message.of(topic, i + PAYLOAD, 1)));
            }
            sent.forEach(future -> Within.deadline("an acknowledgement", future));
            for (int i = first; i < first + IN_FLIGHT; i++) {
                assertEquals(i, number(fast.receive()));
            }
        }
        link.resume();
        for (TestClient client : slow) {
            int last = -1;
            for (int count = 0; count < 5; count++) {
                int next = number(client.receive());
                assertTrue(next > last, next + " after " + last);
                last = next;
            }
        }
    }

    private TestClient subscribed(Link way, ClientOptions options, int qos) {
        TestClient client = clients.connect(ClientKind.HIVEMQ_5, way.endpoint(), options);
        client.subscribe(topic, qos);
        return client;
    }

    private static int number(Message message) {
        return Integer.parseInt(message.payload(), 0, message.payload().indexOf('x'), 10);
    }
}
