package io.carillon.testing.cluster;

import static org.awaitility.Awaitility.await;

import io.carillon.testing.BrokerProcess;
import io.carillon.testing.Commands;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A node: its name, its host, its data directory, and its process while there is one. One thread,
 * save for what only asks.
 */
public final class ClusterNode implements AutoCloseable {
    /** Long enough for three nodes that start at once on two busy cores. */
    public static final Duration DEADLINE = Duration.ofSeconds(180);

    /** Stands in settings for the address of the host, which may change. */
    public static final String HOST = "<host>";

    /** Stands in settings for where its cluster member listens. */
    public static final String MEMBER = "<member>";

    private static final int MQTT_PORT = 1883;
    private static final int HTTP_PORT = 9464;
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int HTTP_TIMEOUT_MILLIS = 2_000;

    private final String name;
    private final Path dataDir;
    private final List<String> settings;
    private Host host;
    private volatile @Nullable BrokerProcess process;

    /**
     * A node that does not run yet.
     *
     * @param settings beside its name, data directory and usual listener, each {@code key=value};
     *     {@link #HOST} in them becomes its address
     */
    public ClusterNode(String name, Host host, Path dataDir, List<String> settings) {
        this.name = name;
        this.host = host;
        this.dataDir = dataDir;
        this.settings = settings;
    }

    public String name() {
        return name;
    }

    public Host host() {
        return host;
    }

    /** Where a listener of that name accepts; {@code tcp} is always there. */
    public InetSocketAddress address(String listener) {
        return process().address(listener);
    }

    /** Where MQTT is spoken without TLS; whether the node runs or not. */
    public InetSocketAddress mqtt() {
        return new InetSocketAddress(host.address(), MQTT_PORT);
    }

    /** Starts it and does not wait. */
    public void launch() {
        if (isAlive()) {
            throw new IllegalStateException(name + " runs already");
        }
        AotCache.ensure();
        process = BrokerProcess.launch(host.prefix(), dataDir, allSettings());
    }

    private List<String> allSettings() {
        List<String> all = new ArrayList<>();
        all.add("node.name=" + name);
        all.add("listeners.tcp.bind=" + at(MQTT_PORT));
        all.add("http.bind=" + at(HTTP_PORT));
        for (String setting : settings) {
            all.add(setting.replace(HOST, host.address()).replace(MEMBER, host.member()));
        }
        return all;
    }

    /**
     * Runs a command on its data, to its end.
     *
     * @param options of the launcher, beside its settings
     * @return what it printed
     * @throws AssertionError if it fails; the message shows what it said
     */
    public String command(String... options) {
        List<String> command = new ArrayList<>();
        command.add(BrokerProcess.LAUNCHER.toString());
        command.addAll(List.of("--set", "node.dataDir=" + dataDir));
        allSettings().forEach(setting -> command.addAll(List.of("--set", setting)));
        command.addAll(List.of(options));
        return Commands.run("", command);
    }

    /** Asks for something by a file in its data directory. */
    public void request(String file, String content) {
        try {
            Files.writeString(dataDir.resolve(file), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes such a request back. */
    public void withdraw(String file) {
        try {
            Files.delete(dataDir.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it has printed that. */
    public void awaitOutput(String text) {
        await(name + " prints '" + text + "'")
                .atMost(DEADLINE)
                .pollInterval(POLL)
                .until(() -> output().contains(text));
    }

    private String at(int port) {
        return host.address() + ":" + port;
    }

    /** Waits until it says that it is ready; fails at once if its process ends. */
    public ClusterNode awaitReady() {
        await(name + " is ready")
                .atMost(DEADLINE)
                .pollInterval(POLL)
                .failFast(name + " has ended", () -> !isAlive())
                .until(() -> readiness() == HttpURLConnection.HTTP_OK);
        return this;
    }

    /** Waits until it says that it is not ready. */
    public void awaitUnready() {
        await(name + " is not ready")
                .atMost(DEADLINE)
                .pollInterval(POLL)
                .until(() -> readiness() == HttpURLConnection.HTTP_UNAVAILABLE);
    }

    /**
     * What it shows of that on {@code /metrics}.
     *
     * @param series its name, and its labels but for the node's, such as {@code up{peer="a"}}
     * @return the sum of all with these labels, or -1 if there is none
     */
    public double metric(String series) {
        try {
            HttpURLConnection connection = http("/metrics");
            try (InputStream page = connection.getInputStream()) {
                return Series.sum(new String(page.readAllBytes(), StandardCharsets.UTF_8), series);
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpURLConnection http(String path) throws IOException {
        URI uri = URI.create("http://" + at(HTTP_PORT) + path);
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout(HTTP_TIMEOUT_MILLIS);
        connection.setReadTimeout(HTTP_TIMEOUT_MILLIS);
        return connection;
    }

    /** The status of {@code /health/ready}; 0 if there is no answer. */
    public int readiness() {
        try {
            HttpURLConnection connection = http("/health/ready");
            try {
                return connection.getResponseCode();
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return 0;
        }
    }

    public boolean isAlive() {
        BrokerProcess now = process;
        return now != null && now.isAlive();
    }

    /** Its process, the ended one if it has ended. */
    public BrokerProcess process() {
        BrokerProcess now = process;
        if (now == null) {
            throw new IllegalStateException(name + " was never started");
        }
        return now;
    }

    /** Ends it by SIGTERM, which must be a success. */
    public void terminate() {
        int status = process().terminate();
        if (status != 0) {
            throw new AssertionError(name + " ended with " + status + ":\n" + output());
        }
    }

    /** Lets it start the next time elsewhere, with the same name and data. */
    public void moveTo(Host other) {
        requireEnded();
        host = other;
    }

    /** Takes its disk away; the next start finds an empty one. */
    public void loseDisk() {
        requireEnded();
        if (!Files.exists(dataDir)) {
            return;
        }
        try (Stream<Path> files = Files.walk(dataDir)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void requireEnded() {
        if (isAlive()) {
            throw new IllegalStateException(name + " still runs");
        }
    }

    /** The last lines that it printed. */
    public String output() {
        BrokerProcess now = process;
        return now == null ? "(never started)" : now.output();
    }

    @Override
    public void close() {
        BrokerProcess now = process;
        if (now != null) {
            now.close();
        }
    }

    @Override
    public String toString() {
        return name + " at " + host.address();
    }
}
