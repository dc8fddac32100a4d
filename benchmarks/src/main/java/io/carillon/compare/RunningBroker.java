package io.carillon.compare;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The process of a broker, which accepts connections. */
record RunningBroker(Broker broker, Process process) implements AutoCloseable {
    private static final int START_SECONDS = 60;
    private static final int STOP_SECONDS = 40;
    private static final int LOOK_EVERY_MILLIS = 50;
    private static final String LOG = "output.log";
    private static final int LOG_LINES_SHOWN = 8;

    /**
     * Starts it and waits until it accepts connections.
     *
     * @throws CompareException if it ends or does not get ready; the message shows its last words
     */
    static RunningBroker start(Broker broker) throws CompareException, InterruptedException {
        RunningBroker running = new RunningBroker(broker, launch(broker));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!accepts(broker.port())) {
            boolean ended = running.process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
            if (ended || System.nanoTime() > end) {
                running.close();
                throw new CompareException(
                        "%s %s:%n%s"
                                .formatted(
                                        broker.name(),
                                        ended
                                                ? "ended before it was ready"
                                                : "was not ready in " + START_SECONDS + " s",
                                        lastWords(broker.folder().resolve(LOG))));
            }
        }
        return running;
    }

    private static Process launch(Broker broker) throws CompareException {
        try {
            return new ProcessBuilder(broker.command())
                    .directory(broker.folder().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(broker.folder().resolve(LOG).toFile())
                    .start();
        } catch (IOException e) {
            throw new CompareException(broker.name() + " cannot be started: " + e.getMessage(), e);
        }
    }

    boolean alive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** Ends it, in good order if it does so soon. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String lastWords(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join(
                    "\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }
}
