package io.carillon.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.testing.BrokerProcess;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process: what it prints, and how it ends. */
final class MainIT {
    private static final String WEBSOCKET = "listeners.websocket.bind=127.0.0.1:0";

    @TempDir Path folder;

    @Test
    void saysWhereItListensAndEndsWellOnSigterm() {
        try (BrokerProcess node = BrokerProcess.start(data(), WEBSOCKET)) {
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
                    "listeners.tcp.bind=" + bind);
            assertFails("carillon cannot start: http.bind " + bind, "http.bind=" + bind);
        }
    }

    @Test
    void aDataFolderThatCannotBeIsOneMessage() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertFails(
                "carillon cannot start: the data directory " + file + " can't be used:",
                "node.dataDir=" + file);
    }

    private void assertFails(String message, String setting) {
        try (BrokerProcess node = BrokerProcess.launch(data(), List.of(WEBSOCKET, setting))) {
            assertEquals(1, node.awaitExit(), node.output());
            assertTrue(node.output().contains(message), node.output());
            assertFalse(node.output().contains("\tat "), node.output());
        }
    }

    private Path data() {
        return folder.resolve("data");
    }
}
