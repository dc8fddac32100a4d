package io.carillon.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The node's distribution as a process, with a listener {@code tcp} and those that settings add.
 */
final class BenchBroker implements AutoCloseable {
    private static final Path LAUNCHER =
            Path.of("../node/target/carillon/bin/carillon").toAbsolutePath().normalize();

    private final Process process;
    private final String readyLine;

    private BenchBroker(Process process, String readyLine) {
        this.process = process;
        this.readyLine = readyLine;
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param settings each {@code key=value}
     */
    static BenchBroker start(Path data, List<String> settings) throws IOException {
        List<String> all = new ArrayList<>(settings);
        all.add("node.dataDir=" + data);
        all.add("listeners.tcp.bind=127.0.0.1:0");
        all.add("http.bind=127.0.0.1:0");
        List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
        all.forEach(setting -> command.addAll(List.of("--set", setting)));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("CARILLON_JAVA_OPTS", "-Xmx256m -XX:TieredStopAtLevel=1");
        Process process = builder.start();
        return new BenchBroker(process, readyLine(process.inputReader(UTF_8)));
    }

    /** Where a listener accepts, as {@code HOST:PORT}. */
    String address(String listener) {
        Matcher matcher =
                Pattern.compile("[:,] " + Pattern.quote(listener) + " [^,]*?([\\d.]+:\\d+)")
                        .matcher(readyLine);
        if (!matcher.find()) {
            throw new AssertionError("no address of " + listener + " in: " + readyLine);
        }
        return matcher.group(1);
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static String readyLine(BufferedReader lines) throws IOException {
        StringBuilder output = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            output.append(line).append('\n');
            int start = line.indexOf("carillon ready");
            if (start >= 0) {
                // Nobody reads on: the pipe takes what a test's broker still logs.
                return line.substring(start);
            }
        }
        throw new AssertionError("the broker ended before it was ready:\n" + output);
    }
}
