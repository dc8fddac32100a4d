package io.carillon.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.e2e.client.Within;
import io.carillon.testing.BrokerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The options of {@code bin/carillon}, and what it says where it cannot start. */
final class CommandLineIT {
    private static final Path LAUNCHER = Path.of("target/carillon/bin/carillon").toAbsolutePath();

    @TempDir Path folder;

    @Test
    void checksTheConfigurationThatItShips() throws Exception {
        Outcome outcome = run("--config", "target/carillon/conf/carillon.yaml", "--check");
        assertEquals(0, outcome.status, outcome.output);
        assertTrue(outcome.output.contains("the configuration is valid"), outcome.output);
    }

    /** All mistakes at once, each with its place and what would be right. */
    @Test
    void namesAllMistakesAtOnce() throws Exception {
        Path file =
                Files.writeString(
                        folder.resolve("broker.yaml"),
                        """
                        node:
                          nmae: one
                        mqtt:
                          maxInflight: many
                        """);
        Outcome outcome =
                run(
                        Map.of("CARILLON_NODE_DATADRI", "x"),
                        List.of(
                                "--config",
                                file.toString(),
                                "--set",
                                "mqtt.maxPacketSiez=1MiB",
                                "--check"));
        assertEquals(1, outcome.status, outcome.output);
        assertTrue(outcome.output.contains("4 problems"), outcome.output);
        for (String part :
                List.of(
                        "did you mean node.name?",
                        "mqtt.maxInflight",
                        "broker.yaml, line 2",
                        "broker.yaml, line 4",
                        "did you mean mqtt.maxPacketSize?",
                        "CARILLON_NODE_DATADRI")) {
            assertTrue(outcome.output.contains(part), part + " in " + outcome.output);
        }
        assertNoStackTrace(outcome);
    }

    @Test
    void refusesToStartWithAWrongKey() throws Exception {
        Outcome outcome = run("--set", "nosuchkey=1");
        assertEquals(1, outcome.status, outcome.output);
        assertTrue(outcome.output.contains("unknown key 'nosuchkey'"), outcome.output);
        assertNoStackTrace(outcome);
    }

    @Test
    void saysWhatIsWrongWithAFile() throws Exception {
        Path missing = folder.resolve("missing.yaml");
        Outcome outcome = run("--config", missing.toString());
        assertEquals(1, outcome.status, outcome.output);
        assertTrue(outcome.output.contains(missing + " does not exist"), outcome.output);

        Path broken = Files.writeString(folder.resolve("broken.yaml"), "node: [unclosed");
        Outcome second = run("--config", broken.toString());
        assertEquals(1, second.status, second.output);
        assertTrue(second.output.contains("broken.yaml"), second.output);
        assertNoStackTrace(second);
    }

    @Test
    void saysWhatAnUnknownOptionMayMean() throws Exception {
        Outcome outcome = run("--chek");
        assertEquals(1, outcome.status, outcome.output);
        assertTrue(outcome.output.contains("did you mean --check?"), outcome.output);
    }

    /** Options win over the environment, and that over the file. Secrets stay secret. */
    @Test
    void printsTheConfigurationInForce() throws Exception {
        Path file =
                Files.writeString(
                        folder.resolve("broker.yaml"),
                        """
                        node:
                          name: of-the-file
                        mqtt:
                          maxInflight: 11
                          receiveMax: 12
                        """);
        Path pem = Files.writeString(folder.resolve("server.pem"), "");
        Outcome outcome =
                run(
                        Map.of(
                                "CARILLON_NODE_NAME",
                                "of-the-environment",
                                "CARILLON_MQTT_MAXINFLIGHT",
                                "21"),
                        List.of(
                                "--config",
                                file.toString(),
                                "--set",
                                "node.name=of-the-options",
                                "--set",
                                "listeners.tls.type=mqtts",
                                "--set",
                                "listeners.tls.bind=127.0.0.1:0",
                                "--set",
                                "listeners.tls.tls.certificate=" + pem,
                                "--set",
                                "listeners.tls.tls.privateKey=" + pem,
                                "--set",
                                "listeners.tls.tls.privateKeyPassword=opensesame",
                                "--print-config"));
        assertEquals(0, outcome.status, outcome.output);
        for (String part : List.of("of-the-options", "maxInflight: 21", "receiveMax: 12")) {
            assertTrue(outcome.output.contains(part), part + " in " + outcome.output);
        }
        assertFalse(outcome.output.contains("opensesame"), outcome.output);
    }

    @Test
    void tellsItsVersionAndItsOptions() throws Exception {
        Outcome version = run("--version");
        assertEquals(0, version.status, version.output);
        assertTrue(version.output.startsWith("carillon "), version.output);
        Outcome help = run("--help");
        assertEquals(0, help.status, help.output);
        assertTrue(help.output.contains("--print-config"), help.output);
    }

    /** Two brokers on one folder would destroy each other's data: the second doesn't start. */
    @Test
    void leavesTheDataOfAnotherBrokerAlone() {
        Path data = folder.resolve("data");
        try (BrokerProcess first = BrokerProcess.start(data);
                BrokerProcess second = BrokerProcess.launch(data, List.of())) {
            assertEquals(1, second.awaitExit(), second.output());
            assertTrue(second.output().contains("carillon cannot start"), second.output());
            assertTrue(second.output().contains(data.toString()), second.output());
            assertTrue(second.output().contains("is in use by process"), second.output());
            assertFalse(second.output().contains("\tat "), second.output());
            assertEquals(0, first.terminate(), first.output());
        }
    }

    private static void assertNoStackTrace(Outcome outcome) {
        assertFalse(outcome.output.contains("\tat "), outcome.output);
    }

    private record Outcome(int status, String output) {}

    private static Outcome run(String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), List.of(arguments));
    }

    private static Outcome run(Map<String, String> environment, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("CARILLON_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertTrue(process.waitFor(Within.SECONDS, TimeUnit.SECONDS), output);
        return new Outcome(process.exitValue(), output);
    }
}
