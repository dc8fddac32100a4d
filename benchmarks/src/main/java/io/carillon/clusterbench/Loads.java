package io.carillon.clusterbench;

import io.carillon.compare.CompareException;
import io.carillon.compare.Project;
import io.carillon.compare.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/** Puts loads of {@code carillon-bench} on nodes. */
final class Loads {
    private static final int TIMEOUT_SECONDS = 600;
    private static final int FAULTS_FOUND = 1;

    private final Project project;
    private final Page page;
    private final int seconds;

    /**
     * Loads that go onto that page.
     *
     * @param seconds how long each is measured where it is not counted
     */
    Loads(Project project, Page page, int seconds) {
        this.project = project;
        this.page = page;
        this.seconds = seconds;
    }

    /** Connected pairs, 20 of them, with 100 messages on their way each. */
    void pairs(Nodes nodes, String where, int qos, boolean apart)
            throws CompareException, InterruptedException {
        List<String> words = words("pairs --pairs 20 --payload 64 --window 100 --qos " + qos);
        words.addAll(List.of("--seconds", Integer.toString(seconds), "--warmup", "5"));
        RunReport report = run(nodes, words, apart);
        page.load(
                "pairs q" + qos,
                where,
                report.number("deliveredPerSecond"),
                report.number("brokerCpuMicrosPerMessage"),
                millis(report.number("latencyMicrosP50")),
                millis(report.number("latencyMicrosP99")),
                report.memoryBytes());
    }

    /** The same pairs on schedule, far from what the nodes can do. */
    void latency(Nodes nodes, String where, int qos, boolean apart)
            throws CompareException, InterruptedException {
        List<String> words = words("latency --pairs 20 --payload 64 --rate 2000 --qos " + qos);
        words.addAll(List.of("--seconds", Integer.toString(seconds), "--warmup", "5"));
        RunReport report = run(nodes, words, apart);
        page.load(
                "2,000/s q" + qos,
                where,
                report.number("deliveredPerSecond"),
                report.number("brokerCpuMicrosPerMessage"),
                millis(report.number("latencyMicrosP50")),
                millis(report.number("latencyMicrosP99")),
                report.memoryBytes());
    }

    /** Durable messages to sessions whose clients are away, acknowledged when they are stored. */
    void durable(Nodes nodes, String where, int qos, int count)
            throws CompareException, InterruptedException {
        List<String> words = words("offline --pairs 20 --payload 64 --window 100 --qos " + qos);
        words.addAll(List.of("--count", Integer.toString(count)));
        RunReport report = run(nodes, words, true);
        page.load(
                "durable q" + qos,
                where,
                report.number("publishedPerSecond"),
                report.number("enqueueBrokerCpuMicrosPerMessage"),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                report.memoryBytes());
    }

    /** One publisher with one durable message on its way: the time is that to the last answer. */
    void durableSingle(Nodes nodes, String where, int qos, int count)
            throws CompareException, InterruptedException {
        List<String> words = words("offline --pairs 1 --payload 64 --window 1 --qos " + qos);
        words.addAll(List.of("--count", Integer.toString(count)));
        RunReport report = run(nodes, words, true);
        page.load(
                "durable q" + qos + ", one at a time",
                where,
                report.number("publishedPerSecond"),
                report.number("enqueueBrokerCpuMicrosPerMessage"),
                millis(report.number("publishMicrosMean")),
                OptionalDouble.empty(),
                report.memoryBytes());
    }

    /** Filters that match nothing, and what each takes of all nodes' memory. */
    void routes(Nodes nodes, String where, int filters)
            throws CompareException, InterruptedException {
        List<String> words = words("wildcards --pairs 1 --payload 64 --seconds 1 --warmup 0");
        words.addAll(List.of("--filters", Integer.toString(filters), "--connections", "100"));
        RunReport report = run(nodes, words, false);
        page.load(
                "%,d routes".formatted(filters),
                where,
                report.number("filtersPerSecond"),
                report.number("brokerCpuMicrosPerFilter"),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                report.memoryBytes());
        page.note(
                "memory of all nodes per route, %s: %.0f bytes (resident, garbage included)"
                        .formatted(where, report.number("brokerBytesPerFilter").orElse(0)));
    }

    private static List<String> words(String text) {
        return new ArrayList<>(List.of(text.split(" ")));
    }

    private static OptionalDouble millis(OptionalDouble micros) {
        return micros.isPresent()
                ? OptionalDouble.of(micros.getAsDouble() / 1_000)
                : OptionalDouble.empty();
    }

    private RunReport run(Nodes nodes, List<String> words, boolean apart)
            throws CompareException, InterruptedException {
        Path json = project.work().resolve("run.json");
        Path log = project.work().resolve("run.log");
        List<String> command = new ArrayList<>(List.of(project.generator().toString()));
        command.addAll(words);
        command.addAll(List.of("--address", nodes.addresses(), "--broker-pid", nodes.pids()));
        command.addAll(List.of("--json", json.toString()));
        if (apart) {
            command.add("--apart");
        }
        try {
            Files.deleteIfExists(json);
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            if (!ended || process.exitValue() > FAULTS_FOUND) {
                throw new CompareException(
                        String.join(" ", command) + " failed:\n" + Files.readString(log));
            }
            RunReport report = RunReport.read(json);
            report.faults().forEach(fault -> page.note("FAULT of " + words + ": " + fault));
            return report;
        } catch (IOException e) {
            throw new CompareException("the load generator cannot be run: " + e.getMessage(), e);
        }
    }
}
