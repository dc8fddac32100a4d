package io.carillon.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The distribution's {@code bin/carillon} as a process on a data folder of its own, with ports that
 * the system chooses. Its output is kept, so that a test that fails can show it. Any thread.
 */
public final class BrokerProcess implements AutoCloseable {
    /** The program. */
    public static final Path LAUNCHER = Path.of("target/carillon/bin/carillon").toAbsolutePath();

    private static final String READY = "carillon ready";
    private static final String LEAK = "LEAK: ";

    /** gRPC's connections: one that breaks in the middle of a frame keeps that buffer. */
    private static final String NOT_OURS = "io.netty.handler.codec.http2";

    private static final int DEADLINE_SECONDS = 60;

    /** Every buffer is watched: one that was not released is a line of the output. */
    private static final String JAVA_OPTIONS =
            "-Xmx256m -XX:TieredStopAtLevel=1 -Dio.netty.leakDetection.level=paranoid";

    /** Kept for messages; the oldest lines go. */
    private static final int OUTPUT_LINES_MAX = 2_000;

    private final List<String> prefix;
    private final Path dataDir;
    private final List<String> settings;
    private final Process process;
    private final Thread reader;
    private final List<String> output = new ArrayList<>();
    private final CompletableFuture<String> firstLine = new CompletableFuture<>();
    private final CompletableFuture<String> readyLine = new CompletableFuture<>();

    private volatile boolean leaked;

    private BrokerProcess(
            List<String> prefix, Path dataDir, List<String> settings, Process process) {
        this.prefix = prefix;
        this.dataDir = dataDir;
        this.settings = settings;
        this.process = process;
        // Not a virtual one: it would keep its carrier while it waits, and there are few of these.
        this.reader = Thread.ofPlatform().daemon().name("broker-output").start(this::read);
    }

    /**
     * Starts a broker with one listener, {@code tcp}, and waits until it is ready.
     *
     * @param settings each {@code key=value}; they win over the defaults of this class
     */
    public static BrokerProcess start(Path dataDir, String... settings) {
        return launch(dataDir, List.of(settings)).awaitReady();
    }

    /** Starts a broker and does not wait. */
    public static BrokerProcess launch(Path dataDir, List<String> settings) {
        return launch(List.of(), dataDir, settings);
    }

    /**
     * The same by another program, which is to replace itself by the one that it is given.
     *
     * @param prefix that program and its arguments
     */
    public static BrokerProcess launch(List<String> prefix, Path dataDir, List<String> settings) {
        List<String> command = new ArrayList<>(prefix);
        command.add(LAUNCHER.toString());
        List<String> all = new ArrayList<>();
        all.add("node.dataDir=" + dataDir);
        all.add("listeners.tcp.bind=127.0.0.1:0");
        all.add("http.bind=127.0.0.1:0");
        all.addAll(settings);
        all.forEach(setting -> command.addAll(List.of("--set", setting)));
        try {
            Process process = builder(command).start();
            process.getOutputStream().close();
            return new BrokerProcess(prefix, dataDir, settings, process);
        } catch (IOException e) {
            throw new UncheckedIOException("mvn package makes " + LAUNCHER, e);
        }
    }

    /**
     * Runs the program on the Java that its nodes have, to its end.
     *
     * @throws AssertionError if it fails; the message shows what it said
     */
    public static void run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
        command.addAll(List.of(arguments));
        try {
            Process process = builder(command).start();
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", command) + " failed: " + printed);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("mvn package makes " + LAUNCHER, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("CARILLON_"));
        builder.environment().put("CARILLON_JAVA_OPTS", JAVA_OPTIONS);
        return builder;
    }

    /** A new process on the same data with the same settings, this one having ended. */
    public BrokerProcess relaunch() {
        if (process.isAlive()) {
            throw new IllegalStateException("end it first");
        }
        return launch(prefix, dataDir, settings);
    }

    /** Waits until all listeners accept. */
    public BrokerProcess awaitReady() {
        await("the line '" + READY + "'", readyLine);
        return this;
    }

    /** Waits until it has printed something: it has begun, and is mostly not ready yet. */
    public void awaitFirstLine() {
        await("the first line of output", firstLine);
    }

    /** The line that says that it is ready. */
    public String readyLine() {
        return await("the line '" + READY + "'", readyLine);
    }

    /** Where its listener {@code tcp} accepts. */
    public InetSocketAddress address() {
        return address("tcp");
    }

    /** Where a listener, or {@code http}, accepts. */
    public InetSocketAddress address(String name) {
        String line = readyLine();
        Matcher address =
                Pattern.compile("\\b" + Pattern.quote(name) + "\\b[^,]*?([\\d.]+):(\\d+)")
                        .matcher(line);
        if (!address.find()) {
            throw new AssertionError("no address of " + name + " in: " + line);
        }
        return new InetSocketAddress(address.group(1), Integer.parseInt(address.group(2)));
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Stops it where it is, by SIGSTOP, as a frozen machine would. */
    public void pause() {
        signal("STOP");
    }

    /** Lets it go on. */
    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        Commands.run("kill", "-" + name, Long.toString(process.pid()));
    }

    /** Ends it by SIGKILL, as a crash would. */
    public void kill9() {
        process.destroyForcibly();
        awaitExit();
    }

    /** Ends it by SIGTERM; the exit status. */
    public int terminate() {
        process.destroy();
        return awaitExit();
    }

    /** What it has printed last. */
    public String output() {
        synchronized (output) {
            return String.join("\n", output);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill9();
        }
    }

    /**
     * Waits until it ends; the exit status.
     *
     * @throws AssertionError if it has reported a buffer that was not released
     */
    public int awaitExit() {
        try {
            if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the broker does not end:\n" + output());
            }
            reader.join();
            if (leaked) {
                throw new AssertionError("the broker has leaked buffers:\n" + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private String await(String what, CompletableFuture<String> line) {
        try {
            return line.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new AssertionError(what + " did not come; the broker printed:\n" + output(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                keep(line);
                firstLine.complete(line);
                leaked |= line.contains(LEAK) && !line.contains(NOT_OURS);
                int start = line.indexOf(READY);
                if (start >= 0) {
                    readyLine.complete(line.substring(start));
                }
            }
        } catch (IOException e) {
            keep(e.toString());
        }
        IllegalStateException ended = new IllegalStateException("the process ended");
        firstLine.completeExceptionally(ended);
        readyLine.completeExceptionally(ended);
    }

    private void keep(String line) {
        synchronized (output) {
            if (output.size() == OUTPUT_LINES_MAX) {
                output.removeFirst();
            }
            output.add(line);
        }
    }
}
