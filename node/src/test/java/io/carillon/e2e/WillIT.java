package io.carillon.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.carillon.e2e.broker.Broker;
import io.carillon.e2e.broker.BrokerClock;
import io.carillon.e2e.broker.Link;
import io.carillon.e2e.broker.Names;
import io.carillon.e2e.broker.OnOneAndThreeNodes;
import io.carillon.e2e.client.ClientKind;
import io.carillon.e2e.client.ClientOptions;
import io.carillon.e2e.client.Clients;
import io.carillon.e2e.client.Message;
import io.carillon.e2e.client.Properties;
import io.carillon.e2e.client.TestClient;
import io.carillon.e2e.client.WithEachClient;
import io.carillon.e2e.client.WithEachClientOfV5;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;

/** Wills of clients that vanish, and of those that say good-bye. */
@OnOneAndThreeNodes
final class WillIT {
    private final Broker broker;
    private final Link link;
    private final String topic = Names.topic();
    private final String clientId = Names.clientId();

    @AutoClose private final Clients clients = new Clients();

    WillIT(Broker broker) {
        this.broker = broker;
        this.link = new Link(broker.tcp());
    }

    @AfterEach
    void closeLink() {
        link.close();
    }

    /**
     * A cut connection publishes the will.
     *
     * <p>[MQTT-3.1.2-7] [MQTT-3.1.2-8] [MQTT-3.1.2-14] [MQTT3-3.1.2-8] [MQTT3-3.1.2-16]
     */
    @WithEachClient
    void isPublishedWhenTheConnectionBreaks(ClientKind kind) {
        TestClient watcher = watcher();
        Message will = Message.of(topic, "gone", 2);
        clients.connect(kind, link.endpoint(), transientSession().withWill(will));
        link.cut();
        assertEquals(will, watcher.receive());
    }

    /** The same for a session that outlives its connection. */
    @WithEachClient
    void isPublishedOfADurableSession(ClientKind kind) {
        TestClient watcher = watcher();
        Message will = Message.of(topic, "gone", 1);
        ClientOptions options = ClientOptions.durableSession(clientId).withWill(will);
        clients.connect(kind, link.endpoint(), options);
        link.cut();
        assertEquals(will, watcher.receive());
    }

    /**
     * A retained will is there for who subscribes later.
     *
     * <p>[MQTT-3.1.2-15] [MQTT3-3.1.2-17]
     */
    @WithEachClient
    void staysIfRetained(ClientKind kind) {
        TestClient watcher = watcher();
        Message will = Message.retained(topic, "gone for good", 1);
        clients.connect(kind, link.endpoint(), transientSession().withWill(will));
        link.cut();
        assertEquals(will.withRetain(false), watcher.receive());
        assertEquals(will, watcher().receive());
    }

    /**
     * Silence for one and a half keep alive times counts as a broken connection.
     *
     * <p>[MQTT-3.1.2-22] [MQTT3-3.1.2-24]
     */
    @WithEachClient
    void isPublishedAfterSilence(ClientKind kind) {
        TestClient watcher = watcher();
        Message will = Message.of(topic, "silent", 1);
        clients.connect(
                kind,
                link.endpoint(),
                transientSession()
                        .withWill(will)
                        .withLimits(new ClientOptions.Limits(1, 0, 65_535)));
        link.mute();
        assertEquals(will, watcher.receive());
    }

    /**
     * Who says good-bye takes the will along; who has none leaves none.
     *
     * <p>[MQTT-3.1.2-10] [MQTT-3.14.4-3] [MQTT3-3.1.2-10] [MQTT3-3.1.2-12] [MQTT3-3.14.4-3]
     */
    @WithEachClient
    void isForgottenAtGoodBye(ClientKind kind) {
        TestClient watcher = watcher();
        ClientOptions options = transientSession().withWill(Message.of(topic, "never", 1));
        clients.connect(kind, broker.tcp(), options).disconnect();
        TestClient next = clients.connect(kind, link.endpoint(), transientSession());
        next.subscribe(topic + "/self", 1);
        link.cut();
        next.awaitEnd();
        clients.connect(kind, broker.tcp(), transientSession())
                .publish(Message.of(topic, "after", 1));
        assertEquals(Message.of(topic, "after", 1), watcher.receive());
    }

    /** A take-over ends the old connection without good-bye. */
    @WithEachClient
    void isPublishedAtATakeOver(ClientKind kind) {
        TestClient watcher = watcher();
        Message will = Message.of(topic, "taken over", 1);
        clients.connect(kind, broker.tcp(), transientSession().withWill(will));
        clients.connect(kind, broker.tcp(), transientSession());
        assertEquals(will, watcher.receive());
    }

    /**
     * A delayed will comes after its delay, with all its properties.
     *
     * <p>[MQTT-3.1.2-8] [MQTT-3.3.2-18]
     */
    @WithEachClientOfV5
    void comesAfterItsDelay(ClientKind kind) {
        TestClient watcher = watcher();
        Properties properties =
                new Properties(
                        List.of(Map.entry("cause", "cable"), Map.entry("cause", "axe")),
                        Optional.of("text/plain"),
                        Optional.of("answers"),
                        Optional.of("\u0000\u0001"),
                        true,
                        Optional.empty());
        Message will = Message.of(topic, "late", 1).with(properties);
        ClientOptions options = ClientOptions.durableSession(clientId).withWill(will, 1);
        clients.connect(kind, link.endpoint(), options);
        link.cut();
        assertEquals(will, watcher.receive());
    }

    /**
     * Who is back before the delay is over stops the will.
     *
     * <p>[MQTT-3.1.3-9]
     */
    @WithEachClientOfV5
    void isStoppedByAReturn(ClientKind kind) {
        TestClient watcher = watcher();
        ClientOptions options = ClientOptions.durableSession(clientId);
        TestClient first =
                clients.connect(
                        kind, link.endpoint(), options.withWill(Message.of(topic, "never", 1), 3));
        link.cut();
        first.awaitEnd();
        TestClient second = clients.connect(kind, broker.tcp(), options);
        BrokerClock.awaitSeconds(broker, 5);
        second.publish(Message.of(topic, "after", 1));
        assertEquals(Message.of(topic, "after", 1), watcher.receive());
    }

    private TestClient watcher() {
        TestClient watcher =
                clients.connect(
                        ClientKind.HIVEMQ_5,
                        broker.tcp(),
                        ClientOptions.transientSession(Names.clientId()));
        watcher.subscribe(topic, 2);
        return watcher;
    }

    private ClientOptions transientSession() {
        return ClientOptions.transientSession(clientId);
    }
}
