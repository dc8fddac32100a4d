package io.carillon.clusterbench;

import io.carillon.compare.CompareException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A node at a loopback address of its own: its process while it runs, and its folder. */
final class Node implements AutoCloseable {
    private static final int MQTT_PORT = 1883;
    private static final int HTTP_PORT = 9464;
    private static final int READY_SECONDS = 120;
    private static final int STOP_SECONDS = 90;
    private static final int LOOK_EVERY_MILLIS = 5;
    private static final int HTTP_TIMEOUT_MILLIS = 2_000;
    private static final int LOG_LINES_SHOWN = 12;
    private static final String JAVA_OPTIONS = "-Xmx1g";

    private final Path program;
    private final String address;
    private final Path folder;
    private final List<String> settings;
    private @Nullable Process process;

    /**
     * A node that does not run yet.
     *
     * @param settings beside addresses and data directory, each {@code key=value}
     */
    Node(Path program, String address, Path folder, List<String> settings) {
        this.program = program;
        this.address = address;
        this.folder = folder;
        this.settings = settings;
    }

    InetSocketAddress mqtt() {
        return new InetSocketAddress(address, MQTT_PORT);
    }

    String hostAndPort() {
        return address + ":" + MQTT_PORT;
    }

    long pid() {
        return running().pid();
    }

    private Process running() {
        Process now = process;
        if (now == null) {
            throw new IllegalStateException(address + " does not run");
        }
        return now;
    }

    boolean runs() {
        Process now = process;
        return now != null && now.isAlive();
    }

    void launch() throws CompareException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        List<String> all = new ArrayList<>(settings);
        all.add("node.dataDir=" + folder.resolve("data"));
        all.add("listeners.tcp.bind=" + hostAndPort());
        all.add("http.bind=" + address + ":" + HTTP_PORT);
        all.forEach(setting -> command.addAll(List.of("--set", setting)));
        try {
            Files.createDirectories(folder);
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
            builder.environment().putIfAbsent("CARILLON_JAVA_OPTS", JAVA_OPTIONS);
            process = builder.start();
        } catch (IOException e) {
            throw new CompareException(program + " cannot be started: " + e.getMessage(), e);
        }
    }

    private Path log() {
        return folder.resolve("output.log");
    }

    /**
     * Waits until it says that it is ready.
     *
     * @throws CompareException if it ends or takes too long; the message shows its last words
     */
    void awaitReady() throws CompareException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
        while (!ready()) {
            boolean ended = running().waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
            if (ended || System.nanoTime() > end) {
                throw new CompareException(
                        "the node at %s %s; its last words:%n%s"
                                .formatted(
                                        address,
                                        ended ? "has ended" : "is not ready in time",
                                        lastWords()));
            }
        }
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log());
            return String.join(
                    "\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    private boolean ready() {
        return get("/health/ready") != null;
    }

    /** The sum of a metric's series, or 0 if it has none. */
    double metric(String name) {
        String page = get("/metrics");
        return page == null
                ? 0
                : page.lines()
                        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                        .mapToDouble(
                                line ->
                                        Double.parseDouble(
                                                line.substring(line.lastIndexOf(' ') + 1)))
                        .sum();
    }

    /** What it answers, or null if that is no success. */
    private @Nullable String get(String path) {
        try {
            URI uri = URI.create("http://" + address + ":" + HTTP_PORT + path);
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setConnectTimeout(HTTP_TIMEOUT_MILLIS);
            connection.setReadTimeout(HTTP_TIMEOUT_MILLIS);
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                return null;
            }
            try (InputStream in = connection.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            return null;
        }
    }

    /** Ends it by SIGKILL. */
    void kill() throws InterruptedException {
        running().destroyForcibly().waitFor();
    }

    /**
     * Ends it by SIGTERM.
     *
     * @throws CompareException if that takes too long or is no success
     */
    void terminate() throws CompareException, InterruptedException {
        Process now = running();
        now.destroy();
        if (!now.waitFor(STOP_SECONDS, TimeUnit.SECONDS) || now.exitValue() != 0) {
            now.destroyForcibly();
            throw new CompareException("the node at " + address + " did not stop:\n" + lastWords());
        }
    }

    @Override
    public void close() {
        Process now = process;
        if (now != null) {
            now.destroyForcibly();
        }
    }
}
