package io.carillon.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.carillon.e2e.broker.Broker;
import io.carillon.e2e.broker.Link;
import io.carillon.e2e.broker.Names;
import io.carillon.e2e.broker.OnOneAndThreeNodes;
import io.carillon.e2e.client.ClientKind;
import io.carillon.e2e.client.ClientOptions;
import io.carillon.e2e.client.Clients;
import io.carillon.e2e.client.Message;
import io.carillon.e2e.client.Received;
import io.carillon.e2e.client.TestClient;
import io.carillon.e2e.client.WithEachClient;
import io.carillon.e2e.client.Within;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages whose exchange the network cuts off. */
@OnOneAndThreeNodes
final class RedeliveryIT {
    private final Broker broker;
    private final Link link;
    private final String topic = Names.topic();

    @AutoClose private final Clients clients = new Clients();

    RedeliveryIT(Broker broker) {
        this.broker = broker;
        this.link = new Link(broker.tcp());
    }

    @AfterEach
    void closeLink() {
        link.close();
    }

    /**
     * Messages that were not acknowledged come again, in their order; those that were do not.
     *
     * <p>[MQTT-4.4.0-1] [MQTT-4.3.2-3] [MQTT3-4.4.0-1] [MQTT3-4.6.0-1] [MQTT3-4.3.2-1]
     */
    @WithEachClient
    void sendsAgainWhatWasNotAcknowledged(ClientKind kind) {
        TestClient receiver = clients.connect(kind, link.endpoint(), durable().withManualAcks());
        receiver.subscribe(topic, 1);
        TestClient publisher = clients.connect(kind, broker.tcp(), transientSession());
        List<Message> messages = messages(1, 4);
        messages.forEach(publisher::publish);
        Received first = receiver.take();
        assertEquals(messages.get(0), first.message());
        first.acknowledge();
        assertEquals(messages.subList(1, 4), receiver.receive(3));

        // A message of its own shows that the acknowledgement has passed the link.
        receiver.publish(Message.of(topic + "/none", "no subscriber", 1));
        link.cut();
        receiver.awaitEnd();
        receiver.connect();
        for (Message message : messages.subList(1, 4)) {
            Received again = receiver.take();
            assertEquals(message, again.message());
            again.acknowledge();
        }
    }

    /**
     * QoS 2 delivers each message once, though the publisher's connection breaks again and again.
     * Not with Paho at MQTT 5.0: it repeats topic aliases of the connection before.
     *
     * <p>[MQTT-4.3.3-8] [MQTT-4.3.3-10] [MQTT-4.3.3-11] [MQTT-4.4.0-1] [MQTT3-4.3.3-2]
     * [MQTT3-4.4.0-1]
     */
    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PAHO_5")
    void takesEachMessageOnce(ClientKind kind) {
        TestClient receiver = clients.connect(kind, broker.tcp(), transientSession());
        receiver.subscribe(topic, 2);
        TestClient publisher = clients.connect(kind, link.endpoint(), durable());
        List<Message> messages = messages(2, 200);
        // Paho gives up its futures at a cut, not its messages.
        messages.forEach(publisher::publishing);
        List<Message> received = new ArrayList<>(receiver.receive(1));
        for (int i = 0; i < 3; i++) {
            link.cut();
            publisher.awaitEnd();
            publisher.connect();
            received.addAll(receiver.receive(20));
        }
        received.addAll(receiver.receive(messages.size() - received.size()));
        assertEquals(messages, received);
        assertNothingFollows(receiver);
    }

    /**
     * QoS 2 delivers each message once, though the receiver's connection breaks again and again.
     * Not with Paho: it sends no CONNECT if it still handed out messages when it connects again.
     *
     * <p>[MQTT-4.3.3-1] [MQTT-4.3.3-4] [MQTT-4.3.3-6] [MQTT-4.4.0-1] [MQTT3-4.3.3-1]
     * [MQTT3-4.4.0-1]
     */
    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @EnumSource(names = {"HIVEMQ_311", "HIVEMQ_5"})
    void deliversEachMessageOnce(ClientKind kind) {
        TestClient receiver = clients.connect(kind, link.endpoint(), durable());
        receiver.subscribe(topic, 2);
        TestClient publisher = clients.connect(kind, broker.tcp(), transientSession());
        List<Message> messages = messages(2, 200);
        List<CompletableFuture<?>> sent = new ArrayList<>();
        messages.forEach(message -> sent.add(publisher.publishing(message)));
        List<Message> received = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            received.addAll(receiver.receive(20));
            link.cut();
            receiver.awaitEnd();
            receiver.connect();
        }
        sent.forEach(future -> Within.deadline("an acknowledgement", future));
        received.addAll(receiver.receive(messages.size() - received.size()));
        assertEquals(messages, received);
        assertNothingFollows(receiver);
    }

    /** What follows next is what is published next. */
    private void assertNothingFollows(TestClient receiver) {
        Message last = Message.of(topic, "last", 2);
        clients.connect(ClientKind.HIVEMQ_5, broker.tcp(), transientSession()).publish(last);
        assertEquals(last, receiver.receive());
    }

    private List<Message> messages(int qos, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Message.of(topic, "message " + i, qos))
                .toList();
    }

    private static ClientOptions durable() {
        return ClientOptions.durableSession(Names.clientId());
    }

    private static ClientOptions transientSession() {
        return ClientOptions.transientSession(Names.clientId());
    }
}
