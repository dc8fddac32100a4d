package io.carillon.protocol;

import io.carillon.config.CarillonConfig;
import io.carillon.config.ConfigReader;
import io.carillon.mqtt.packet.Connect;
import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.node.Broker;
import io.carillon.testing.RawConnection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A node for the tests of one class, and the connections to it of each test. */
final class Node implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private final List<String> settings;
    private final List<RawConnection> connections = new ArrayList<>();
    private Path data;
    private Broker broker;

    /** A node with the defaults, except for these settings of the form {@code key=value}. */
    Node(String... settings) {
        this.settings = List.of(settings);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        data = Files.createTempDirectory("carillon-protocol");
        List<String> all = new ArrayList<>(settings);
        all.add("node.dataDir=" + data);
        all.add("listeners.tcp.bind=127.0.0.1:0");
        all.add("listeners.websocket.bind=127.0.0.1:0");
        all.add("http.enabled=false");
        all.add("storage.fsync=os");
        CarillonConfig config =
                new ConfigReader(Map.of(), "test").read(Optional.empty(), all).config();
        broker = Broker.start(config);
    }

    InetSocketAddress address() {
        return broker.address("tcp");
    }

    /** A connection over which nothing was sent. */
    RawConnection open(MqttVersion version) throws IOException {
        RawConnection connection = new RawConnection(address(), version);
        connections.add(connection);
        return connection;
    }

    /** A client that is let in. */
    Peer connect(Connect packet) throws IOException {
        return Peer.connect(open(packet.version()), packet);
    }

    /** A client that is let in; its session is new and ends with the connection. */
    Peer connect(MqttVersion version, String clientId) throws IOException {
        return connect(Hello.from(version, clientId).build());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        connections.forEach(RawConnection::close);
        connections.clear();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        broker.close();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
