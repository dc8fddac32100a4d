package io.carillon.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.carillon.e2e.broker.Broker;
import io.carillon.e2e.broker.BrokerClock;
import io.carillon.e2e.broker.Names;
import io.carillon.e2e.broker.OnOneAndThreeNodes;
import io.carillon.e2e.client.ClientKind;
import io.carillon.e2e.client.ClientOptions;
import io.carillon.e2e.client.Clients;
import io.carillon.e2e.client.Message;
import io.carillon.e2e.client.TestClient;
import io.carillon.e2e.client.WithEachClient;
import io.carillon.e2e.client.WithEachClientOfV5;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;

/** Sessions that are resumed, thrown away, taken over and expire. */
@OnOneAndThreeNodes
final class SessionIT {
    private static final int SESSION_TAKEN_OVER = 0x8E;

    private final Broker broker;
    private final String topic = Names.topic();
    private final String clientId = Names.clientId();

    @AutoClose private final Clients clients = new Clients();

    SessionIT(Broker broker) {
        this.broker = broker;
    }

    /**
     * A session waits for its client, subscribed, and keeps what comes meanwhile with QoS 1 and 2.
     *
     * <p>[MQTT-3.1.2-5] [MQTT-3.1.2-6] [MQTT-3.1.2-23] [MQTT-3.1.3-2] [MQTT-3.2.2-3] [MQTT-4.1.0-1]
     * [MQTT3-3.1.2-4] [MQTT3-3.1.2-5] [MQTT3-3.1.3-2] [MQTT3-3.2.2-2] [MQTT3-3.2.2-3]
     * [MQTT3-4.1.0-1]
     */
    @WithEachClient
    void waitsForItsClient(ClientKind kind) {
        TestClient first = clients.open(kind, broker.tcp(), durable());
        assertFalse(first.connect());
        first.subscribe(topic, 2);
        first.disconnect();

        TestClient publisher = connect(kind);
        publisher.publish(Message.of(topic, "not for keeping", 0));
        Set<Message> kept =
                Set.of(
                        Message.of(topic, "one", 1),
                        Message.of(topic, "two", 2),
                        Message.of(topic, "three", 1));
        kept.forEach(publisher::publish);

        TestClient second = clients.open(kind, broker.tcp(), durable());
        // MQTT 3.1 cannot tell.
        assertEquals(!kind.isV31(), second.connect());
        // Paho hands out QoS 2 only after its PUBREL.
        assertEquals(kept, Set.copyOf(second.receive(kept.size())));
        publisher.publish(Message.of(topic, "live", 0));
        assertEquals(Message.of(topic, "live", 0), second.receive());
    }

    /**
     * Who connects clean finds nothing of the session before, nor does who comes later.
     *
     * <p>[MQTT-3.1.2-4] [MQTT-3.1.4-4] [MQTT-3.2.2-2] [MQTT-4.1.0-2] [MQTT3-3.1.2-6]
     * [MQTT3-3.1.4-3] [MQTT3-3.2.2-1] [MQTT3-4.1.0-2]
     */
    @WithEachClient
    void isThrownAwayByACleanOne(ClientKind kind) {
        TestClient first = clients.connect(kind, broker.tcp(), durable());
        first.subscribe(topic, 1);
        first.disconnect();
        TestClient publisher = connect(kind);
        publisher.publish(Message.of(topic, "lost", 1));

        TestClient clean = clients.open(kind, broker.tcp(), transientSession());
        assertFalse(clean.connect());
        clean.subscribe(topic + "/other", 1);
        publisher.publish(Message.of(topic, "nobody subscribes", 1));
        publisher.publish(Message.of(topic + "/other", "first", 1));
        assertEquals(Message.of(topic + "/other", "first", 1), clean.receive());
        clean.disconnect();

        assertFalse(clients.open(kind, broker.tcp(), durable()).connect());
    }

    /**
     * A second connection with the same client id ends the first and goes on with its session.
     *
     * <p>[MQTT-3.1.4-3] [MQTT3-3.1.4-2]
     */
    @WithEachClient
    void isTakenOver(ClientKind kind) {
        TestClient first = clients.connect(kind, broker.tcp(), durable());
        first.subscribe(topic, 1);

        TestClient second = clients.open(kind, broker.tcp(), durable());
        assertEquals(!kind.isV31(), second.connect());
        assertEquals(kind.isV5() ? SESSION_TAKEN_OVER : -1, first.awaitEnd());
        connect(kind).publish(Message.of(topic, "for the second", 1));
        assertEquals(Message.of(topic, "for the second", 1), second.receive());
    }

    /** The same where the session lives only as long as its connection. */
    @WithEachClient
    void isTakenOverWhereItIsTransient(ClientKind kind) {
        TestClient first = clients.connect(kind, broker.tcp(), transientSession());
        first.subscribe(topic, 1);

        TestClient second = clients.open(kind, broker.tcp(), transientSession());
        assertFalse(second.connect());
        assertEquals(kind.isV5() ? SESSION_TAKEN_OVER : -1, first.awaitEnd());
        second.subscribe(topic + "/new", 1);
        TestClient publisher = connect(kind);
        publisher.publish(Message.of(topic, "for the first", 1));
        publisher.publish(Message.of(topic + "/new", "for the second", 1));
        assertEquals(Message.of(topic + "/new", "for the second", 1), second.receive());
    }

    /**
     * An expired session is gone.
     *
     * <p>[MQTT-4.1.0-2] [MQTT-3.2.2-3]
     */
    @WithEachClientOfV5
    void expires(ClientKind kind) {
        TestClient first = clients.connect(kind, broker.tcp(), durable().withExpiry(1));
        first.subscribe(topic, 1);
        first.disconnect();
        BrokerClock.awaitSeconds(broker, 3);
        assertFalse(clients.open(kind, broker.tcp(), durable()).connect());
    }

    /**
     * A client that has nothing to say for longer than its keep alive stays connected by pings.
     *
     * <p>[MQTT-3.12.4-1] [MQTT3-3.12.4-1]
     */
    @WithEachClient
    void isKeptAlive(ClientKind kind) {
        ClientOptions options =
                transientSession().withLimits(new ClientOptions.Limits(1, 0, 65_535));
        TestClient client = clients.connect(kind, broker.tcp(), options);
        client.subscribe(topic, 1);
        BrokerClock.awaitSeconds(broker, 4);
        connect(kind).publish(Message.of(topic, "still here", 1));
        assertEquals(Message.of(topic, "still here", 1), client.receive());
    }

    private ClientOptions durable() {
        return ClientOptions.durableSession(clientId);
    }

    private ClientOptions transientSession() {
        return ClientOptions.transientSession(clientId);
    }

    private TestClient connect(ClientKind kind) {
        return clients.connect(
                kind, broker.tcp(), ClientOptions.transientSession(Names.clientId()));
    }
}
