package io.carillon.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.carillon.config.CarillonConfig;
import io.carillon.config.ConfigException;
import io.carillon.config.ConfigReader;
import io.carillon.storage.StorageException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole node in this process, with clients of somebody else's making. */
final class BrokerTest {
    private static final long WAIT_SECONDS = 20;

    @TempDir Path data;

    @Test
    void clientsOfBothTransportsMeet() throws Exception {
        try (Broker broker = start()) {
            Mqtt5BlockingClient publisher = client(broker, "tcp", "publisher").buildBlocking();
            Mqtt5BlockingClient subscriber =
                    client(broker, "websocket", "subscriber")
                            .webSocketConfig()
                            .serverPath("mqtt")
                            .applyWebSocketConfig()
                            .buildBlocking();
            publisher.connect();
            subscriber.connect();
            try (var received = subscriber.publishes(MqttGlobalPublishFilter.ALL)) {
                subscriber.subscribeWith().topicFilter("a/+").qos(MqttQos.EXACTLY_ONCE).send();
                for (MqttQos qos : MqttQos.values()) {
                    publisher
                            .publishWith()
                            .topic("a/b")
                            .qos(qos)
                            .payload(qos.name().getBytes(UTF_8))
                            .send();
                    Mqtt5Publish publish =
                            received.receive(WAIT_SECONDS, TimeUnit.SECONDS).orElseThrow();
                    assertEquals(qos, publish.getQos());
                    assertEquals(qos.name(), new String(publish.getPayloadAsBytes(), UTF_8));
                }
            }
            publisher.disconnect();
            subscriber.disconnect();
        }
    }

    @Test
    void aDurableSessionOutlivesTheNode() throws Exception {
        try (Broker broker = start()) {
            Mqtt5BlockingClient sleeper = client(broker, "tcp", "sleeper").buildBlocking();
            sleeper.connectWith().sessionExpiryInterval(3_600).send();
            sleeper.subscribeWith().topicFilter("night/#").qos(MqttQos.AT_LEAST_ONCE).send();
            sleeper.disconnectWith().sessionExpiryInterval(3_600).send();
            Mqtt5BlockingClient publisher = client(broker, "tcp", "publisher").buildBlocking();
            publisher.connect();
            publisher.publishWith().topic("night/1").qos(MqttQos.EXACTLY_ONCE).send();
            publisher.disconnect();
        }
        try (Broker broker = start()) {
            Mqtt5BlockingClient sleeper = client(broker, "tcp", "sleeper").buildBlocking();
            try (var received = sleeper.publishes(MqttGlobalPublishFilter.ALL)) {
                assertTrue(
                        sleeper.connectWith()
                                .cleanStart(false)
                                .sessionExpiryInterval(3_600)
                                .send()
                                .isSessionPresent());
                Mqtt5Publish publish =
                        received.receive(WAIT_SECONDS, TimeUnit.SECONDS).orElseThrow();
                assertEquals("night/1", publish.getTopic().toString());
            }
            sleeper.disconnect();
        }
    }

    @Test
    void whoIsConnectedWhenTheNodeStopsIsTold() throws Exception {
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        try (Broker broker = start()) {
            client(broker, "tcp", "client")
                    .addDisconnectedListener(context -> end.complete(context.getCause()))
                    .buildBlocking()
                    .connect();
        }
        Mqtt5DisconnectException cause =
                (Mqtt5DisconnectException) end.get(WAIT_SECONDS, TimeUnit.SECONDS);
        assertEquals(
                Mqtt5DisconnectReasonCode.SERVER_SHUTTING_DOWN,
                cause.getMqttMessage().getReasonCode());
    }

    @Test
    void theNodeTellsAboutItself() throws Exception {
        try (Broker broker = start();
                HttpClient http = HttpClient.newHttpClient()) {
            assertEquals("{\"status\":\"ready\"}\n", get(http, broker, "/health/ready"));
            Mqtt5BlockingClient client = client(broker, "tcp", "reader").buildBlocking();
            client.connect();
            String metrics = get(http, broker, "/metrics");
            assertTrue(metrics.contains("carillon_clients_connected{node=\"test\"} 1.0\n"));
            assertFalse(metrics.contains("carillon_cluster")); // it is alone
            assertFalse(metrics.contains("carillon_peer"));
            try (var received = client.publishes(MqttGlobalPublishFilter.ALL)) {
                client.subscribeWith().topicFilter("$SYS/+/version").send();
                Mqtt5Publish version =
                        received.receive(WAIT_SECONDS, TimeUnit.SECONDS).orElseThrow();
                assertEquals("$SYS/broker/version", version.getTopic().toString());
            }
            client.disconnect();
        }
    }

    @Test
    void theNumberOfShardsCannotChange() throws Exception {
        start().close();
        StartException error =
                assertThrows(StartException.class, () -> start("cluster.shards=8").close());
        assertEquals(
                "the data directory was made with cluster.shards 16, which cannot change to 8; set"
                        + " cluster.shards to 16, or start with an empty node.dataDir",
                error.getMessage());
        start().close(); // nothing of it stayed open
    }

    @Test
    void oneDataDirectoryServesOneNode() throws Exception {
        try (Broker broker = start()) {
            StorageException error =
                    assertThrows(StorageException.class, () -> start("node.name=other").close());
            assertTrue(error.getMessage().contains(data.toString()), error.getMessage());
            assertTrue(broker.summary().endsWith("; fsync always"), broker.summary());
        }
    }

    @Test
    void aListenerThatCannotOpenLeavesNothingBehind() throws Exception {
        try (Broker broker = start()) {
            String taken = "127.0.0.1:" + broker.address("tcp").getPort();
            Path elsewhere = data.resolve("elsewhere");
            String[] settings = {
                "listeners.tcp.bind=" + taken, "node.dataDir=" + elsewhere, "http.enabled=false"
            };
            StartException error =
                    assertThrows(StartException.class, () -> start(settings).close());
            assertTrue(error.getMessage().contains("the address is in use"), error.getMessage());
            start("node.dataDir=" + elsewhere).close();
        }
    }

    private Broker start(String... more) throws StartException, ConfigException {
        List<String> settings =
                new ArrayList<>(
                        List.of(
                                "node.dataDir=" + data,
                                "listeners.tcp.bind=127.0.0.1:0",
                                "listeners.websocket.bind=127.0.0.1:0",
                                "http.bind=127.0.0.1:0"));
        settings.addAll(List.of(more));
        CarillonConfig config =
                new ConfigReader(Map.of(), "test").read(Optional.empty(), settings).config();
        return Broker.start(config);
    }

    private static String get(HttpClient http, Broker broker, String path) throws Exception {
        URI uri =
                URI.create(
                        "http://127.0.0.1:" + broker.httpAddress().orElseThrow().getPort() + path);
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    }

    private static Mqtt5ClientBuilder client(Broker broker, String listener, String clientId) {
        InetSocketAddress address = broker.address(listener);
        return Mqtt5Client.builder().identifier(clientId).serverAddress(address);
    }
}
