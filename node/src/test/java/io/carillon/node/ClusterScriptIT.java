package io.carillon.node;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code bin/carillon-cluster}: starts nodes on this machine, and stops them. */
final class ClusterScriptIT {
    private static final Path SCRIPT =
            Path.of("target/carillon/bin/carillon-cluster").toAbsolutePath();
    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final Pattern READY =
            Pattern.compile("n\\d is ready: MQTT at [\\d.]+:\\d+, process (\\d+), log \\S+");

    @TempDir Path folder;
    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void killWhatIsLeft() {
        for (Process process : started) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Test
    void startsThreeNodesSaysWhichOneEndsStartsItAgainAndStopsAll() throws Exception {
        String host = host();
        Process script = run("--host", host, "--base-dir", "nodes");
        awaitOutput(script, "carillon-cluster ready");
        List<ProcessHandle> nodes = nodes();
        assertEquals(3, nodes.size(), output());

        nodes.get(1).destroyForcibly();
        awaitOutput(script, "n2 has ended with status 137");
        Path first = folder.resolve("output");
        Files.move(first, folder.resolve("first"));
        Process second = run("--host", host, "--base-dir", "nodes", "--node", "2");
        awaitOutput(second, "carillon ready");

        second.destroy();
        assertEquals(0, exitStatus(second), output());
        script.destroy();
        assertEquals(0, exitStatus(script), Files.readString(folder.resolve("first")));
        assertTrue(nodes.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void showsTheLogOfANodeThatDoesNotStartAndStopsTheOthers() throws Exception {
        Process script = run("--host", host(), "--nodes", "2", "--set", "node.nam=x");
        assertEquals(1, exitStatus(script), output());
        assertTrue(output().contains("did you mean node.name?"), output());
        assertTrue(output().contains("n1 did not start; its log, ./data/n1.log,"), output());
        assertEquals(List.of(), script.descendants().toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--nodes 10 | --nodes '10' is not from 1 to 9",
                "--nodes 0 | --nodes '0' is not from 1 to 9",
                "--node 4 | --node '4' is not from 1 to 3",
                "--set | --set needs a value; see --help",
                "--verbose | unknown option '--verbose'; see --help"
            })
    void refusesWhatItDoesNotKnow(String options, String message) throws Exception {
        Process script = run(options.split(" "));
        assertEquals(1, exitStatus(script), output());
        assertEquals("carillon-cluster: " + message + "\n", output());
    }

    /** An address of the loopback interface where every port is free. */
    private static String host() {
        long pid = ProcessHandle.current().pid();
        return "127.%d.%d.250".formatted(1 + (pid >> 8) % 254, pid & 255);
    }

    private Process run(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
        command.addAll(List.of(options));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("output").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("CARILLON_"));
        builder.environment().put("CARILLON_JAVA_OPTS", "-Xmx256m -XX:TieredStopAtLevel=1");
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private List<ProcessHandle> nodes() throws IOException {
        List<ProcessHandle> nodes = new ArrayList<>();
        Matcher line = READY.matcher(output());
        while (line.find()) {
            nodes.add(ProcessHandle.of(Long.parseLong(line.group(1))).orElseThrow());
        }
        return nodes;
    }

    private void awaitOutput(Process process, String text) {
        await(text)
                .atMost(DEADLINE)
                .failFast("it has ended", () -> !process.isAlive() && !output().contains(text))
                .until(() -> output().contains(text));
    }

    private static int exitStatus(Process process) throws InterruptedException {
        assertTrue(process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS), "it did not end");
        return process.exitValue();
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("output"));
    }
}
