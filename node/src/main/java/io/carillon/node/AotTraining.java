package io.carillon.node;

import io.carillon.config.CarillonConfig;
import io.carillon.config.ConfigException;
import io.carillon.config.ConfigReader;
import io.carillon.config.LogConfig;
import io.carillon.logging.Logging;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The run that {@code bin/carillon --make-aot} lets Java learn from: a node in an empty folder on
 * free ports of this host serves a client and a few requests, and ends. Java keeps what it loaded
 * and compiled in a file, with which later starts take about half as long. Told {@code cluster},
 * the node is a cluster of one: what that needs would only weigh on a node on its own.
 */
final class AotTraining {
    private static final int MESSAGES = 200;
    private static final int SERVING_SECONDS_MAX = 60;

    // MQTT 3.1.1; every packet is short, so that its length is one byte.
    private static final String CONNECT = "101000044d5154540400003c0004" + "61616161";
    private static final String SUBSCRIBE = "82080001" + "0003612f23" + "01";
    private static final String PUBLISH = "32090003612f62" + "0001" + "6869";
    private static final String DISCONNECT = "e000";
    private static final int CONNACK_BYTES = 4;
    private static final int SUBACK_BYTES = 5;
    private static final int PUBACK = 0x40;
    private static final int IDENTIFIER_AT = 5;

    private AotTraining() {}

    private static final List<String> ALONE = List.of();
    private static final List<String> CLUSTER = List.of("cluster");

    /** Takes no argument, or {@code cluster}. */
    public static void main(String[] arguments)
            throws IOException, ConfigException, StartException {
        List<String> kind = List.of(arguments);
        if (!kind.equals(ALONE) && !kind.equals(CLUSTER)) {
            System.err.println("carillon: --make-aot takes nothing, or the word cluster");
            System.exit(1);
        }
        try (Logging _ =
                Logging.start(new LogConfig(LogConfig.Format.TEXT, LogConfig.Level.WARN))) {
            if (kind.equals(CLUSTER)) {
                trainInCluster();
            } else {
                trainAlone();
            }
        }
    }

    static void trainAlone() throws IOException, ConfigException, StartException {
        train(List.of());
    }

    static void trainInCluster() throws IOException, ConfigException, StartException {
        train(
                List.of(
                        "node.name=aot",
                        "cluster.enabled=true",
                        "cluster.size=1",
                        "cluster.replicas=1",
                        "cluster.bind=127.0.0.1:" + freePort(),
                        "cluster.peerBind=127.0.0.1:0"));
    }

    private static void train(List<String> sets)
            throws IOException, ConfigException, StartException {
        Path data = Files.createTempDirectory("carillon-aot");
        List<String> all = new ArrayList<>(sets);
        all.add("node.dataDir=" + data);
        all.add("listeners.tcp.bind=127.0.0.1:0");
        all.add("listeners.websocket.bind=127.0.0.1:0");
        all.add("http.bind=127.0.0.1:0");
        CarillonConfig config =
                new ConfigReader(Map.of(), "aot").read(Optional.empty(), all).config();
        try (Broker broker = Broker.start(config)) {
            broker.serving().orTimeout(SERVING_SECONDS_MAX, TimeUnit.SECONDS).join();
            publish(broker.address("tcp"));
            request(broker.address("websocket"), "/mqtt");
            request(broker.httpAddress().orElseThrow(), "/metrics");
        } finally {
            delete(data);
        }
    }

    /** A durable client subscribes and publishes to itself. */
    private static void publish(InetSocketAddress address) throws IOException {
        try (Socket client = new Socket(address.getAddress(), address.getPort())) {
            OutputStream out = client.getOutputStream();
            InputStream in = client.getInputStream();
            out.write(bytes(CONNECT));
            in.skipNBytes(CONNACK_BYTES);
            out.write(bytes(SUBSCRIBE));
            in.skipNBytes(SUBACK_BYTES);
            byte[] publish = bytes(PUBLISH);
            for (int i = 0; i < MESSAGES; i++) {
                out.write(publish);
                awaitAcknowledgement(in, out);
            }
            out.write(bytes(DISCONNECT));
        }
    }

    /** Acknowledges what comes before. */
    private static void awaitAcknowledgement(InputStream in, OutputStream out) throws IOException {
        for (int type = in.read(); type != PUBACK; type = in.read()) {
            byte[] publish = in.readNBytes(in.read());
            out.write(new byte[] {PUBACK, 2, publish[IDENTIFIER_AT], publish[IDENTIFIER_AT + 1]});
        }
        in.skipNBytes(in.read());
    }

    private static void request(InetSocketAddress address, String path) throws IOException {
        try (Socket client = new Socket(address.getAddress(), address.getPort())) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
            client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            client.getInputStream().readAllBytes();
        }
    }

    /** Members of a cluster have to know their ports before they meet. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(AotTraining::deleteOne);
        }
    }

    private static void deleteOne(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
