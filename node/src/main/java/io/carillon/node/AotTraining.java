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
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The run that {@code bin/carillon --make-aot} lets Java learn from: a node in an empty folder on
 * free ports of this host serves a client and a few requests, and ends. Java keeps what it loaded
 * and compiled in a file, with which later starts take about half as long.
 */
final class AotTraining {
    private static final int MESSAGES = 200;

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

    /** Takes no arguments. */
    public static void main(String[] arguments)
            throws IOException, ConfigException, StartException {
        try (Logging _ =
                Logging.start(new LogConfig(LogConfig.Format.TEXT, LogConfig.Level.WARN))) {
            train();
        }
    }

    static void train() throws IOException, ConfigException, StartException {
        Path data = Files.createTempDirectory("carillon-aot");
        CarillonConfig config =
                new ConfigReader(Map.of(), "aot")
                        .read(
                                Optional.empty(),
                                List.of(
                                        "node.dataDir=" + data,
                                        "listeners.tcp.bind=127.0.0.1:0",
                                        "listeners.websocket.bind=127.0.0.1:0",
                                        "http.bind=127.0.0.1:0"))
                        .config();
        try (Broker broker = Broker.start(config)) {
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
