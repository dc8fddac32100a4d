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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages at each QoS, from each client library to each other. */
@OnOneAndThreeNodes
final class QosIT {
    private final Broker broker;
    private final String topic = Names.topic();

    @AutoClose private final Clients clients = new Clients();

    QosIT(Broker broker) {
        this.broker = broker;
    }

    static Stream<Arguments> pairs() {
        return Stream.of(ClientKind.values())
                .flatMap(
                        publisher ->
                                Stream.of(ClientKind.values())
                                        .map(receiver -> Arguments.of(publisher, receiver)));
    }

    /**
     * Nine messages, one for each pair of published and granted QoS.
     *
     * <p>[MQTT-3.8.4-8] [MQTT3-3.8.4-6] [MQTT-3.3.4-1] [MQTT3-3.3.4-1] [MQTT-3.8.4-7]
     * [MQTT3-3.8.4-5] [MQTT-4.5.0-1] [MQTT3-4.5.0-1] [MQTT3-7.0.0-2]
     */
    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @MethodSource("pairs")
    void deliversAtTheLowerQos(ClientKind publisherKind, ClientKind receiverKind) {
        TestClient publisher = connect(publisherKind);
        TestClient receiver = connect(receiverKind);
        for (int granted = 0; granted <= 2; granted++) {
            String filter = topic + "/" + granted;
            assertEquals(granted, receiver.subscribe(filter, granted));
            for (int published = 0; published <= 2; published++) {
                Message message = Message.of(filter, "published at " + published, published);
                publisher.publish(message);
                assertEquals(message.withQos(Math.min(published, granted)), receiver.receive());
            }
        }
    }

    /**
     * Two hundred messages in flight at once keep their order.
     *
     * <p>[MQTT-4.6.0-5] [MQTT3-4.6.0-6] [MQTT-4.6.0-6] [MQTT3-4.6.0-5]
     */
    @WithEachClient
    void keepsTheOrder(ClientKind kind) {
        TestClient publisher = connect(kind);
        TestClient receiver = connect(kind);
        receiver.subscribe(topic, 2);
        for (int qos = 0; qos <= 2; qos++) {
            int level = qos;
            List<Message> messages =
                    IntStream.range(0, 200)
                            .mapToObj(i -> Message.of(topic, "message " + i, level))
                            .toList();
            List<CompletableFuture<?>> sent = new ArrayList<>();
            messages.forEach(message -> sent.add(publisher.publishing(message)));
            assertEquals(messages, receiver.receive(messages.size()));
            sent.forEach(CompletableFuture::join);
        }
    }

    /** A payload that many reads and writes of the sockets carry comes as it was. */
    @WithEachClient
    void deliversLargePayloads(ClientKind kind) {
        TestClient client = connect(kind);
        client.subscribe(topic, 2);
        StringBuilder payload = new StringBuilder();
        while (payload.length() < 900_000) {
            payload.append((char) (payload.length() * 31 % 256));
        }
        for (int qos = 0; qos <= 2; qos++) {
            Message message = Message.of(topic, payload.toString(), qos);
            client.publish(message);
            assertEquals(message, client.receive());
        }
    }

    /** An empty payload is a message like any other where it isn't retained. */
    @WithEachClient
    void deliversEmptyPayloads(ClientKind kind) {
        TestClient client = connect(kind);
        client.subscribe(topic, 1);
        client.publish(Message.of(topic, "", 1));
        assertEquals(Message.of(topic, "", 1), client.receive());
    }

    /**
     * Of overlapping subscriptions the highest QoS counts.
     *
     * <p>[MQTT-3.3.4-2] [MQTT3-3.3.5-1] [MQTT-3.3.2-3] [MQTT3-3.3.2-3]
     */
    @WithEachClient
    void deliversOverlappingSubscriptionsAtTheHighestQos(ClientKind kind) {
        TestClient client = connect(kind);
        client.subscribe(topic + "/#", 1);
        client.subscribe(topic + "/+", 2);
        client.subscribe(topic + "/a", 0);
        client.publish(Message.of(topic + "/a", "once", 2));
        client.publish(Message.of(topic + "/a", "then", 2));
        assertEquals(
                List.of(Message.of(topic + "/a", "once", 2), Message.of(topic + "/a", "then", 2)),
                client.receive(2));
    }

    /**
     * Subscribing again to a filter replaces what was granted.
     *
     * <p>[MQTT-3.8.4-3] [MQTT3-3.8.4-3] [MQTT-2.2.1-6] [MQTT3-2.3.1-7] [MQTT-3.8.4-2]
     * [MQTT3-3.8.4-2]
     */
    @WithEachClient
    void replacesASubscription(ClientKind kind) {
        TestClient client = connect(kind);
        assertEquals(2, client.subscribe(topic, 2));
        assertEquals(0, client.subscribe(topic, 0));
        client.publish(Message.of(topic, "first", 2));
        client.publish(Message.of(topic, "second", 1));
        assertEquals(
                List.of(Message.of(topic, "first", 0), Message.of(topic, "second", 0)),
                client.receive(2));
    }

    /**
     * What is published after UNSUBACK doesn't come any more.
     *
     * <p>[MQTT-3.10.4-1] [MQTT-3.10.4-2] [MQTT-3.10.4-4] [MQTT-3.10.4-5] [MQTT3-3.10.4-1]
     * [MQTT3-3.10.4-2] [MQTT3-3.10.4-4] [MQTT3-3.10.4-5]
     */
    @WithEachClient
    void unsubscribes(ClientKind kind) {
        TestClient client = connect(kind);
        client.subscribe(topic + "/left", 1);
        client.subscribe(topic + "/kept", 1);
        client.unsubscribe(topic + "/left");
        client.unsubscribe(topic + "/never/subscribed");
        client.publish(Message.of(topic + "/left", "gone", 1));
        client.publish(Message.of(topic + "/kept", "here", 1));
        assertEquals(Message.of(topic + "/kept", "here", 1), client.receive());
    }

    /**
     * Wildcards match as the standard says; topics that begin with $ only where they are named.
     *
     * <p>[MQTT-4.7.1-1] [MQTT-4.7.1-2] [MQTT3-4.7.1-2] [MQTT3-4.7.1-3] [MQTT-4.7.2-1]
     * [MQTT3-4.7.2-1] [MQTT-4.7.3-4] [MQTT3-4.7.3-4]
     */
    @WithEachClient
    void matchesWildcards(ClientKind kind) {
        TestClient client = connect(kind);
        client.subscribe(Subscription.of(topic + "/+/c", 1));
        client.subscribe(Subscription.of(topic + "/tree/#", 1));
        List<String> matching =
                List.of("/b/c", "//c", "/$b/c", "/tree", "/tree/", "/tree/d/e", "/B/c");
        List<String> others = List.of("/b/c/d", "/c", "/b/C", "/trees", "/");
        others.forEach(end -> client.publish(Message.of(topic + end, "no", 1)));
        matching.forEach(end -> client.publish(Message.of(topic + end, "yes", 1)));
        assertEquals(
                matching.stream().map(end -> Message.of(topic + end, "yes", 1)).toList(),
                client.receive(matching.size()));
    }

    private TestClient connect(ClientKind kind) {
        return clients.connect(
                kind, broker.tcp(), ClientOptions.transientSession(Names.clientId()));
    }
}
