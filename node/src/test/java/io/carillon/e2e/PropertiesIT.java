package io.carillon.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.e2e.broker.Broker;
import io.carillon.e2e.broker.BrokerClock;
import io.carillon.e2e.broker.Names;
import io.carillon.e2e.broker.OnOneAndThreeNodes;
import io.carillon.e2e.client.ClientKind;
import io.carillon.e2e.client.ClientOptions;
import io.carillon.e2e.client.Clients;
import io.carillon.e2e.client.Message;
import io.carillon.e2e.client.Properties;
import io.carillon.e2e.client.TestClient;
import io.carillon.e2e.client.WithEachClientOfV5;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What MQTT 5.0 messages carry beside their payload. */
@OnOneAndThreeNodes
final class PropertiesIT {
    private static final Properties ALL =
            new Properties(
                    List.of(
                            Map.entry("b", "second letter"),
                            Map.entry("a", "first letter"),
                            Map.entry("b", "again"),
                            Map.entry("", "")),
                    Optional.of("application/x-test"),
                    Optional.of("answers/go/here"),
                    Optional.of("\u0000\u00ff\u0080 any bytes"),
                    true,
                    Optional.empty());

    private final Broker broker;
    private final String topic = Names.topic();

    @AutoClose private final Clients clients = new Clients();

    PropertiesIT(Broker broker) {
        this.broker = broker;
    }

    /**
     * All properties come as they were, user properties in their order.
     *
     * <p>[MQTT-3.3.2-4] [MQTT-3.3.2-15] [MQTT-3.3.2-16] [MQTT-3.3.2-17] [MQTT-3.3.2-18]
     * [MQTT-3.3.2-20]
     */
    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @CsvSource({"PAHO_5,PAHO_5", "PAHO_5,HIVEMQ_5", "HIVEMQ_5,PAHO_5", "HIVEMQ_5,HIVEMQ_5"})
    void comeAsTheyWere(ClientKind publisherKind, ClientKind receiverKind) {
        TestClient receiver = connect(receiverKind);
        receiver.subscribe(topic, 2);
        TestClient publisher = connect(publisherKind);
        for (int qos = 0; qos <= 2; qos++) {
            Message message = Message.of(topic, "payload", qos).with(ALL);
            publisher.publish(message);
            assertEquals(message, receiver.receive());
        }
    }

    /** They are kept with retained messages and in queues. */
    @WithEachClientOfV5
    void areStored(ClientKind kind) {
        ClientOptions away = ClientOptions.durableSession(Names.clientId());
        TestClient absent = clients.connect(kind, broker.tcp(), away);
        absent.subscribe(topic, 1);
        absent.disconnect();
        Message message = Message.retained(topic, "payload", 1).with(ALL);
        TestClient publisher = connect(kind);
        publisher.publish(message);

        assertEquals(
                message.withRetain(false), clients.connect(kind, broker.tcp(), away).receive());
        publisher.subscribe(topic, 1);
        assertEquals(message, publisher.receive());
    }

    /** Clients of MQTT 3.1 and 3.1.1 get the message without them. */
    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @EnumSource(names = {"PAHO_31", "PAHO_311", "HIVEMQ_311"})
    void stayAwayFromOlderClients(ClientKind kind) {
        TestClient receiver = connect(kind);
        receiver.subscribe(topic, 1);
        connect(ClientKind.HIVEMQ_5).publish(Message.of(topic, "payload", 1).with(ALL));
        assertEquals(Message.of(topic, "payload", 1), receiver.receive());
    }

    /** A request is answered at the topic it names, with the data it sent along. */
    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @CsvSource({"PAHO_5,HIVEMQ_5", "HIVEMQ_5,PAHO_5"})
    void letAServiceAnswer(ClientKind callerKind, ClientKind serviceKind) {
        String answers = Names.topic();
        TestClient service = connect(serviceKind);
        service.subscribe(topic, 1);
        TestClient caller = connect(callerKind);
        caller.subscribe(answers, 1);
        for (String correlation : List.of("one", "two")) {
            caller.publish(
                    Message.of(topic, "question", 1)
                            .with(Properties.ofRequest(answers, correlation)));
            Properties asked = service.receive().properties();
            Message answer =
                    Message.of(asked.responseTopic().orElseThrow(), "answer", 1)
                            .with(Properties.correlated(asked.correlationData().orElseThrow()));
            service.publish(answer);
            assertEquals(
                    Message.of(answers, "answer", 1).with(Properties.correlated(correlation)),
                    caller.receive());
        }
    }

    /**
     * An expired message is not delivered; what is left of an expiry interval is told.
     *
     * <p>[MQTT-3.3.2-5] [MQTT-3.3.2-6]
     */
    @WithEachClientOfV5
    void letMessagesExpire(ClientKind kind) {
        ClientOptions away = ClientOptions.durableSession(Names.clientId());
        TestClient absent = clients.connect(kind, broker.tcp(), away);
        absent.subscribe(topic, 1);
        absent.disconnect();
        TestClient publisher = connect(kind);
        publisher.publish(Message.of(topic, "old", 1).with(Properties.expiringAfter(1)));
        publisher.publish(Message.retained(topic, "old", 1).with(Properties.expiringAfter(1)));
        publisher.publish(Message.of(topic, "lasting", 1).with(Properties.expiringAfter(500)));
        BrokerClock.awaitSeconds(broker, 3);

        Message received = clients.connect(kind, broker.tcp(), away).receive();
        assertEquals("lasting", received.payload());
        long left = received.properties().expirySeconds().orElseThrow();
        assertTrue(left > 400 && left <= 497, "seconds left: " + left);

        publisher.subscribe(topic, 1);
        publisher.publish(Message.of(topic, "no retained one before", 1));
        assertEquals("no retained one before", publisher.receive().payload());
    }

    private TestClient connect(ClientKind kind) {
        return clients.connect(
                kind, broker.tcp(), ClientOptions.transientSession(Names.clientId()));
    }
}
