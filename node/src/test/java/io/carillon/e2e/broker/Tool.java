package io.carillon.e2e.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.e2e.client.Within;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A program of the system while it runs: its output line by line, with deadlines. */
public final class Tool implements AutoCloseable {
    private final List<String> command;
    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> seen = new ArrayList<>();
    private final Thread reader;

    private Tool(List<String> command) {
        this.command = command;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reader = Thread.ofVirtual().start(this::read);
    }

    public static Tool start(List<String> command) {
        return new Tool(command);
    }

    /** Runs it to its end, which must be a success; its output. */
    public static List<String> run(List<String> command) {
        try (Tool tool = start(command)) {
            return tool.end();
        }
    }

    /** The next line of its output. */
    public String line() {
        String line = Within.deadline("a line of " + command, lines);
        seen.add(line);
        return line;
    }

    /** Reads lines up to and including the one that contains this text. */
    public void awaitLine(String part) {
        while (!line().contains(part)) {
            // Each line has its own deadline.
            continue;
        }
    }

    /** Waits for its successful end; the lines that were not asked for before. */
    public List<String> end() {
        try {
            if (!process.waitFor(Within.SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(command + " does not end; it said " + rest());
            }
            reader.join();
            if (process.exitValue() != 0) {
                throw new AssertionError(
                        command + " ended with " + process.exitValue() + ": " + seen + rest());
            }
            return rest();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Ends it without a goodbye. */
    public void kill() {
        close();
    }

    /** SIGKILL to it and to what it started, if it still runs. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private List<String> rest() {
        List<String> rest = new ArrayList<>();
        lines.drainTo(rest);
        return rest;
    }

    private void read() {
        try (BufferedReader output = process.inputReader(UTF_8)) {
            output.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            lines.add("its output broke off: " + e.getMessage());
        }
    }
}
