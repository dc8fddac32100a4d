package io.carillon.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.carillon.e2e.broker.Broker;
import io.carillon.e2e.broker.Names;
import io.carillon.e2e.broker.OnOneAndThreeNodes;
import io.carillon.e2e.client.ClientKind;
import io.carillon.e2e.client.ClientOptions;
import io.carillon.e2e.client.Clients;
import io.carillon.e2e.client.Message;
import io.carillon.e2e.client.Subscription;
import io.carillon.e2e.client.TestClient;
import io.carillon.e2e.client.WithEachClient;
import io.carillon.e2e.client.WithEachClientOfV5;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;

/** Retained messages, as each client library sees them. */
@OnOneAndThreeNodes
final class RetainedIT {
    private final Broker broker;
    private final String topic = Names.topic();

    @AutoClose private final Clients clients = new Clients();

    RetainedIT(Broker broker) {
        this.broker = broker;
    }

    /**
     * The last retained message of a topic comes first to who subscribes later, marked as retained.
     *
     * <p>[MQTT-3.3.1-5] [MQTT-3.3.1-8] [MQTT-3.3.1-9] [MQTT3-3.3.1-5] [MQTT3-3.3.1-6]
     * [MQTT3-3.3.1-8] [MQTT3-3.3.1-12] [MQTT3-3.1.2-7]
     */
    @WithEachClient
    void keepsTheLastOne(ClientKind kind) {
        TestClient publisher = connect(kind);
        publisher.publish(Message.retained(topic, "old", 1));
        publisher.publish(Message.retained(topic, "new", 2));
        publisher.publish(Message.of(topic, "passing by", 1));
        publisher.disconnect();

        TestClient receiver = connect(kind);
        receiver.subscribe(topic, 2);
        assertEquals(Message.retained(topic, "new", 2), receiver.receive());
        receiver.subscribe(topic, 1);
        assertEquals(Message.retained(topic, "new", 1), receiver.receive());
    }

    /**
     * Who is subscribed already gets it as a usual message.
     *
     * <p>[MQTT3-3.3.1-9] [MQTT-3.3.1-12]
     */
    @WithEachClient
    void comesUnmarkedToASubscriber(ClientKind kind) {
        TestClient client = connect(kind);
        client.subscribe(topic, 1);
        client.publish(Message.retained(topic, "news", 1));
        assertEquals(Message.of(topic, "news", 1), client.receive());
    }

    /**
     * An empty one reaches subscribers and leaves nothing behind.
     *
     * <p>[MQTT-3.3.1-6] [MQTT-3.3.1-7] [MQTT3-3.3.1-10] [MQTT3-3.3.1-11]
     */
    @WithEachClient
    void isRemovedByAnEmptyOne(ClientKind kind) {
        TestClient publisher = connect(kind);
        publisher.publish(Message.retained(topic, "stays", 1));
        publisher.subscribe(topic, 1);
        assertEquals(Message.retained(topic, "stays", 1), publisher.receive());
        publisher.publish(Message.retained(topic, "", 1));
        assertEquals(Message.of(topic, "", 1), publisher.receive());

        TestClient receiver = connect(kind);
        receiver.subscribe(topic, 1);
        publisher.publish(Message.of(topic, "after", 1));
        assertEquals(Message.of(topic, "after", 1), receiver.receive());
    }

    /** A wildcard finds all of them, at any depth. */
    @WithEachClient
    void isFoundByWildcards(ClientKind kind) {
        TestClient publisher = connect(kind);
        Set<Message> kept = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            Message message = Message.retained(topic + "/" + i + "/value", "value " + i, 1);
            publisher.publish(message);
            kept.add(message);
        }
        publisher.publish(Message.retained(topic + "/other", "not asked for", 1));

        TestClient receiver = connect(kind);
        receiver.subscribe(topic + "/+/value", 1);
        assertEquals(kept, Set.copyOf(receiver.receive(kept.size())));
    }

    /**
     * Retain handling decides whether it comes: always, to new subscriptions only, or never.
     *
     * <p>[MQTT-3.3.1-9] [MQTT-3.3.1-10] [MQTT-3.3.1-11] [MQTT-3.8.4-4]
     */
    @WithEachClientOfV5
    void comesAsRetainHandlingSays(ClientKind kind) {
        TestClient client = connect(kind);
        Message kept = Message.retained(topic, "kept", 1);
        client.publish(kept);

        client.subscribe(Subscription.of(topic, 1).withRetainHandling(2));
        client.publish(Message.of(topic, "never so far", 1));
        assertEquals(Message.of(topic, "never so far", 1), client.receive());

        client.subscribe(Subscription.of(topic, 1).withRetainHandling(1));
        client.publish(Message.of(topic, "not new", 1));
        assertEquals(Message.of(topic, "not new", 1), client.receive());

        client.unsubscribe(topic);
        client.subscribe(Subscription.of(topic, 1).withRetainHandling(1));
        assertEquals(kept, client.receive());

        client.subscribe(Subscription.of(topic, 1).withRetainHandling(0));
        assertEquals(kept, client.receive());
    }

    /**
     * With retain as published the mark stays, without it goes.
     *
     * <p>[MQTT-3.3.1-12] [MQTT-3.3.1-13]
     */
    @WithEachClientOfV5
    void keepsItsMarkWhereAsked(ClientKind kind) {
        TestClient client = connect(kind);
        client.subscribe(Subscription.of(topic + "/kept", 1).withRetainAsPublished());
        client.subscribe(Subscription.of(topic + "/cleared", 1));
        client.publish(Message.retained(topic + "/kept", "a", 1));
        client.publish(Message.of(topic + "/kept", "b", 1));
        client.publish(Message.retained(topic + "/cleared", "c", 1));
        assertEquals(Message.retained(topic + "/kept", "a", 1), client.receive());
        assertEquals(Message.of(topic + "/kept", "b", 1), client.receive());
        assertEquals(Message.of(topic + "/cleared", "c", 1), client.receive());
    }

    private TestClient connect(ClientKind kind) {
        return clients.connect(
                kind, broker.tcp(), ClientOptions.transientSession(Names.clientId()));
    }
}
