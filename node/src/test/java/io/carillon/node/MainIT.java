package io.carillon.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.e2e.broker.CarillonProcess;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process: what it prints, and how it ends. */
final class MainIT {
    @TempDir Path folder;

    @Test
    void saysWhereItListensAndEndsWellOnSigterm() {
        try (CarillonProcess node = CarillonProcess.start(arguments())) {
            String line = node.readyLine();
            assertTrue(
                    line.matches(
                            "carillon ready in \\d+ ms: tcp mqtt 127\\.0\\.0\\.1:\\d+, websocket ws"
                                    + " 127\\.0\\.0\\.1:\\d+/mqtt, http 127\\.0\\.0\\.1:\\d+; fsync"
                                    + " always"),
                    line);
            assertEquals(0, node.terminate(), node.output());
        }
    }

    @Test
    void anAddressInUseIsOneMessage() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String bind = "127.0.0.1:" + taken.getLocalPort();
            assertFails(
                    "carillon cannot start: listener tcp cannot listen at "
                            + bind
                            + ": the address is in use;",
                    "--set",
                    "listeners.tcp.bind=" + bind);
            assertFails("carillon cannot start: http.bind " + bind, "--set", "http.bind=" + bind);
        }
    }

    @Test
    void aDataFolderThatCannotBeIsOneMessage() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertFails(
                "carillon cannot start: the data directory " + file + " can't be used:",
                "--set",
                "node.dataDir=" + file);
    }

    private void assertFails(String message, String... more) {
        List<String> arguments = new ArrayList<>(arguments());
        arguments.addAll(List.of(more));
        try (CarillonProcess node = CarillonProcess.launch(arguments, Map.of())) {
            assertEquals(1, node.awaitExit(), node.output());
            assertTrue(node.output().contains(message), node.output());
            assertFalse(node.output().contains("\tat "), node.output());
        }
    }

    private List<String> arguments() {
        return List.of(
                "--set",
                "node.dataDir=" + folder.resolve("data"),
                "--set",
                "listeners.tcp.bind=127.0.0.1:0",
                "--set",
                "listeners.websocket.bind=127.0.0.1:0",
                "--set",
                "http.bind=127.0.0.1:0");
    }
}
