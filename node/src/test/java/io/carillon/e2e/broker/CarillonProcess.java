package io.carillon.e2e.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.e2e.client.Within;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The distribution's {@code bin/carillon} as a process of its own. */
public final class CarillonProcess implements AutoCloseable {
    private static final Path LAUNCHER = Path.of("target/carillon/bin/carillon").toAbsolutePath();
    private static final String READY = "carillon ready";

    private final Process process;
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<String> ready = new CompletableFuture<>();
    private final Thread reader;

    private CarillonProcess(Process process) {
        this.process = process;
        this.reader = Thread.ofVirtual().start(this::readOutput);
    }

    /** Starts a broker and waits until it is ready. */
    public static CarillonProcess start(List<String> arguments) {
        CarillonProcess broker = launch(arguments, Map.of());
        broker.readyLine();
        return broker;
    }

    /** Starts the launcher, whatever comes of it. */
    public static CarillonProcess launch(List<String> arguments, Map<String, String> environment) {
        List<String> command = new ArrayList<>();
        command.add(LAUNCHER.toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("CARILLON_"));
        builder.environment().put("CARILLON_JAVA_OPTS", "-Xmx256m -XX:TieredStopAtLevel=1");
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return new CarillonProcess(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The line that tells the bound addresses. */
    public String readyLine() {
        return Within.deadline("the line '" + READY + "'", ready);
    }

    /** The port that a listener, or {@code http}, is bound to. */
    public int port(String name) {
        Matcher address =
                Pattern.compile("[:,] " + Pattern.quote(name) + " (?:\\w+ )?[\\d.]+:(\\d+)")
                        .matcher(readyLine());
        if (!address.find()) {
            throw new AssertionError("no address of " + name + " in: " + readyLine());
        }
        return Integer.parseInt(address.group(1));
    }

    /** SIGTERM; the exit status. */
    public int terminate() {
        process.destroy();
        return awaitExit();
    }

    /** SIGKILL. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** Waits for the end of the process and of its output; the exit status. */
    public int awaitExit() {
        try {
            if (!process.waitFor(Within.SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the process does not end:\n" + output());
            }
            reader.join(Duration.ofSeconds(Within.SECONDS));
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** What it has printed so far. */
    public String output() {
        return String.join("\n", lines);
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }

    private void readOutput() {
        try (BufferedReader output = process.inputReader(UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
                int start = line.indexOf(READY);
                if (start >= 0) {
                    ready.complete(line.substring(start));
                }
            }
            ready.completeExceptionally(
                    new AssertionError("ended before it was ready:\n" + output()));
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
    }
}
