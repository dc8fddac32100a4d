package io.carillon.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.e2e.broker.Broker;
import io.carillon.e2e.broker.Names;
import io.carillon.e2e.broker.OnOneAndThreeNodes;
import io.carillon.e2e.client.ClientKind;
import io.carillon.e2e.client.ClientOptions;
import io.carillon.e2e.client.Clients;
import io.carillon.e2e.client.Endpoint;
import io.carillon.e2e.client.Message;
import io.carillon.e2e.client.Paho5Client;
import io.carillon.e2e.client.Received;
import io.carillon.e2e.client.TestClient;
import io.carillon.e2e.client.WithEachClientOfV5;
import io.carillon.e2e.client.Within;
import java.io.IOException;
import java.net.Socket;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What client and broker allow each other: messages in flight, sizes, topic aliases, ids. */
@OnOneAndThreeNodes
final class LimitsIT {
    private static final int PACKET_TOO_LARGE = 0x95;
    private static final byte DISCONNECT = (byte) 0xe0;

    private final Broker broker;
    private final String topic = Names.topic();

    @AutoClose private final Clients clients = new Clients();

    LimitsIT(Broker broker) {
        this.broker = broker;
    }

    /**
     * A client that takes two messages at a time gets the third after it acknowledged the first.
     * QoS 0 is not held up.
     *
     * <p>[MQTT-3.3.4-9] [MQTT-3.3.4-10] [MQTT-4.9.0-2] [MQTT-4.9.0-3]
     */
    @WithEachClientOfV5
    void keepsToReceiveMaximum(ClientKind kind) {
        TestClient receiver =
                clients.connect(
                        kind,
                        broker.tcp(),
                        options().withManualAcks().withLimits(new ClientOptions.Limits(60, 0, 2)));
        receiver.subscribe(topic + "/held", 1);
        receiver.subscribe(topic + "/free", 0);
        TestClient publisher = connect(kind);
        for (int i = 1; i <= 3; i++) {
            publisher.publish(Message.of(topic + "/held", "message " + i, 1));
        }
        publisher.publish(Message.of(topic + "/free", "not held up", 1));

        Received first = receiver.take();
        assertEquals("message 1", first.message().payload());
        assertEquals("message 2", receiver.receive().payload());
        assertEquals("not held up", receiver.receive().payload());
        first.acknowledge();
        assertEquals("message 3", receiver.receive().payload());
    }

    /**
     * A packet above the announced size ends the connection with the reason.
     *
     * <p>[MQTT-3.2.2-15]
     */
    @Test
    void refusesLargerPacketsThanAnnounced() {
        Paho5Client client = clients.add(new Paho5Client(broker.tcp(), options()));
        long announced = client.connectForProperties().getMaximumPacketSize();
        client.publishing(Message.of(topic, "x".repeat((int) announced), 0));
        assertEquals(PACKET_TOO_LARGE, client.awaitEnd());
    }

    /** Who is still sending when it is sent away can read why once it is done. */
    @Test
    void aClientThatGoesOnSendingIsToldTheReason() throws IOException {
        byte[] connect = HexFormat.of().parseHex("101100044d5154540502003c0000046c6f7564");
        byte[] publish = new byte[3 << 20];
        // A QoS 0 PUBLISH of 3 MiB, as far as its header tells.
        System.arraycopy(HexFormat.of().parseHex("308080c001"), 0, publish, 0, 5);
        Endpoint node = broker.tcp();
        try (Socket socket = new Socket(node.host(), node.port())) {
            socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(Within.SECONDS));
            socket.getOutputStream().write(connect);
            socket.getOutputStream().write(publish);
            byte[] told = socket.getInputStream().readAllBytes();
            int connack = 2 + told[1];
            assertEquals(DISCONNECT, told[connack]);
            assertEquals(PACKET_TOO_LARGE, told[connack + 2] & 0xff);
        }
    }

    /** An older client is disconnected. */
    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @EnumSource(names = {"PAHO_31", "PAHO_311"})
    void refusesLargePacketsOfOlderClients(ClientKind kind) {
        TestClient client = connect(kind);
        client.publishing(Message.of(topic, "x".repeat(2 << 20), 0));
        assertEquals(-1, client.awaitEnd());
    }

    /**
     * Aliases of the client and of the broker stand for the right topics, also once all are used.
     *
     * <p>[MQTT-3.1.2-26] [MQTT-3.3.2-11] [MQTT-3.3.2-12]
     */
    @WithEachClientOfV5
    void resolvesTopicAliases(ClientKind kind) {
        TestClient client =
                clients.connect(
                        kind,
                        broker.tcp(),
                        options().withLimits(new ClientOptions.Limits(60, 5, 65_535)));
        client.subscribe(topic + "/#", 1);
        List<Message> messages =
                IntStream.range(0, 300)
                        .mapToObj(i -> Message.of(topic + "/" + i * 7 % 50, "message " + i, 1))
                        .toList();
        // A hundred at a time: Paho refuses to have more in flight than the broker allows.
        for (int from = 0; from < messages.size(); from += 100) {
            List<Message> some = messages.subList(from, from + 100);
            List<CompletableFuture<?>> published = some.stream().map(client::publishing).toList();
            assertEquals(some, client.receive(some.size()));
            published.forEach(each -> Within.deadline("publishing", each));
        }
    }

    /**
     * CONNACK tells the limits, and gives an id to who has none.
     *
     * <p>[MQTT-3.1.3-6] [MQTT-3.1.3-7] [MQTT-3.2.2-16] [MQTT-3.2.2-22]
     */
    @Test
    void announcesLimitsAndAssignsIds() {
        ClientOptions nameless = ClientOptions.transientSession("");
        MqttProperties one =
                clients.add(new Paho5Client(broker.tcp(), nameless)).connectForProperties();
        MqttProperties two =
                clients.add(new Paho5Client(broker.tcp(), nameless)).connectForProperties();
        assertFalse(one.getAssignedClientIdentifier().isEmpty());
        assertNotEquals(one.getAssignedClientIdentifier(), two.getAssignedClientIdentifier());
        assertEquals(256, one.getReceiveMaximum());
        assertEquals(32, one.getTopicAliasMaximum());
        assertEquals(1 << 20, one.getMaximumPacketSize());
        assertTrue(one.isSharedSubscriptionAvailable());
    }

    /**
     * A nameless client of an older version works, too.
     *
     * <p>[MQTT3-3.1.3-6]
     */
    @Test
    void takesNamelessOlderClients() {
        TestClient one =
                clients.connect(
                        ClientKind.PAHO_311, broker.tcp(), ClientOptions.transientSession(""));
        TestClient two =
                clients.connect(
                        ClientKind.PAHO_311, broker.tcp(), ClientOptions.transientSession(""));
        one.subscribe(topic, 1);
        two.publish(Message.of(topic, "both are here", 1));
        assertEquals(Message.of(topic, "both are here", 1), one.receive());
    }

    /** Who publishes to nobody hears so, and it is no error. */
    @Test
    void tellsThatNobodySubscribes() {
        Paho5Client client = clients.add(new Paho5Client(broker.tcp(), options()));
        client.connect();
        MqttMessage message = new MqttMessage(new byte[0], 1, false, new MqttProperties());
        assertEquals(0x10, client.publishing(topic, message).join());
    }

    private TestClient connect(ClientKind kind) {
        return clients.connect(kind, broker.tcp(), options());
    }

    private static ClientOptions options() {
        return ClientOptions.transientSession(Names.clientId());
    }
}
