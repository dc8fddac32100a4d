package io.carillon.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.carillon.e2e.broker.Broker;
import io.carillon.e2e.broker.Names;
import io.carillon.e2e.broker.OnOneAndThreeNodes;
import io.carillon.e2e.client.ClientKind;
import io.carillon.e2e.client.ClientOptions;
import io.carillon.e2e.client.Clients;
import io.carillon.e2e.client.Message;
import io.carillon.e2e.client.Paho5Client;
import io.carillon.e2e.client.Subscription;
import io.carillon.e2e.client.TestClient;
import io.carillon.e2e.client.WithEachClient;
import io.carillon.e2e.client.WithEachClientOfV5;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Shared subscriptions, subscription identifiers and no local. */
@OnOneAndThreeNodes
final class SubscriptionIT {
    private final Broker broker;
    private final String topic = Names.topic();

    @AutoClose private final Clients clients = new Clients();

    SubscriptionIT(Broker broker) {
        this.broker = broker;
    }

    /**
     * Each message reaches one member of a shared subscription, and every other subscriber.
     *
     * <p>[MQTT-4.8.2-1] [MQTT-4.8.2-2]
     */
    @WithEachClient
    void isShared(ClientKind kind) {
        String filter = "$share/group/" + topic + "/+";
        List<TestClient> members = List.of(connect(kind), connect(kind), connect(kind));
        members.forEach(member -> member.subscribe(filter, 1));
        TestClient onlooker = connect(kind);
        onlooker.subscribe(topic + "/+", 1);
        // What tells each member that all is over.
        members.forEach(member -> member.subscribe(topic, 1));

        TestClient publisher = connect(kind);
        List<Message> messages =
                IntStream.range(0, 60)
                        .mapToObj(i -> Message.of(topic + "/" + i % 3, "message " + i, 1))
                        .toList();
        messages.forEach(publisher::publish);
        Message end = Message.of(topic, "end", 1);
        publisher.publish(end);

        assertEquals(messages, onlooker.receive(messages.size()));
        List<Message> shared = new ArrayList<>();
        for (TestClient member : members) {
            for (Message next = member.receive(); !next.equals(end); next = member.receive()) {
                shared.add(next);
            }
        }
        assertEquals(messages.size(), shared.size());
        assertEquals(Set.copyOf(messages), new HashSet<>(shared));
    }

    /** A message that a member did not acknowledge before its session ended goes to another. */
    @WithEachClient
    void isTakenOverByTheOthers(ClientKind kind) {
        String filter = "$share/group/" + topic;
        TestClient leaving =
                clients.connect(
                        kind,
                        broker.tcp(),
                        ClientOptions.transientSession(Names.clientId()).withManualAcks());
        leaving.subscribe(filter, 1);
        Message message = Message.of(topic, "for one of you", 1);
        connect(kind).publish(message);
        assertEquals(message, leaving.receive());
        TestClient staying = connect(kind);
        staying.subscribe(filter, 1);
        leaving.disconnect();
        assertEquals(message, staying.receive());
    }

    /**
     * A shared subscriber gets messages at the QoS it was granted.
     *
     * <p>[MQTT-4.8.2-3]
     */
    @WithEachClient
    void isSharedAtItsOwnQos(ClientKind kind) {
        TestClient member = connect(kind);
        member.subscribe("$share/group/" + topic, 1);
        connect(kind).publish(Message.of(topic, "at two", 2));
        assertEquals(Message.of(topic, "at two", 1), member.receive());
    }

    /**
     * No local keeps a client's own messages away, and only those.
     *
     * <p>[MQTT-3.8.3-3]
     */
    @WithEachClientOfV5
    void isNotLocal(ClientKind kind) {
        TestClient client = connect(kind);
        client.subscribe(Subscription.of(topic, 1).withNoLocal());
        client.publish(Message.of(topic, "own", 1));
        connect(kind).publish(Message.of(topic, "another's", 1));
        assertEquals(Message.of(topic, "another's", 1), client.receive());
    }

    /**
     * A message tells the identifiers of all subscriptions that it came by.
     *
     * <p>[MQTT-3.3.4-3] [MQTT-3.3.4-4]
     */
    @Test
    void tellsItsIdentifier() {
        Paho5Client client =
                clients.add(
                        new Paho5Client(
                                broker.tcp(), ClientOptions.transientSession(Names.clientId())));
        client.connect();
        client.subscribe(Subscription.of(topic + "/a", 1).withIdentifier(7));
        client.subscribe(Subscription.of(topic + "/+", 0).withIdentifier(268_435_455));
        client.subscribe(Subscription.of(topic + "/b", 0));
        client.publish(Message.of(topic + "/a", "two", 1));
        assertEquals(Message.of(topic + "/a", "two", 1), client.receive());
        assertEquals(Set.of(7, 268_435_455), client.lastSubscriptionIdentifiers());
        client.publish(Message.of(topic + "/b", "one", 1));
        client.receive();
        assertEquals(Set.of(268_435_455), client.lastSubscriptionIdentifiers());
    }

    private TestClient connect(ClientKind kind) {
        return clients.connect(
                kind, broker.tcp(), ClientOptions.transientSession(Names.clientId()));
    }
}
