package io.carillon.cluster.replication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.storage.StorageException;
import io.carillon.storage.rocks.RocksSettings;
import io.carillon.storage.rocks.RocksStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kills a process that commits, as {@code kill -9} does, and looks at what it left. */
@Timeout(120)
class LocalLogKillTest {
    @TempDir private Path temp;

    @ParameterizedTest
    @ValueSource(strings = {"always", "system"})
    void whatAKilledProcessCommittedIsThere(String policy) throws Exception {
        long committed = 0;
        for (int round = 0; round < 2; round++) {
            committed = killedAfter(2_000, policy, committed);
            assertFalse(Files.exists(temp.resolve("native")));
            try (RocksStore store = open()) {
                for (long number = 0; number < committed; number++) {
                    assertNotNull(store.get(RecordingMachine.SPACE, KillVictim.key(number)));
                }
            }
        }
    }

    /** Returns how many records the process said were committed, at least. */
    private long killedAfter(int records, String policy, long from)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-Dlogback.statusListenerClass="
                                        + "ch.qos.logback.core.status.NopStatusListener",
                                "-cp",
                                System.getProperty("java.class.path"),
                                KillVictim.class.getName(),
                                temp.toString(),
                                policy,
                                Long.toString(from))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            long committed = from;
            String line = lines.readLine();
            while (line != null && committed < from + records) {
                committed = Long.parseLong(line);
                line = lines.readLine();
            }
            assertTrue(committed >= from + records, "the process ended by itself");
            var e = Assertions.assertThrows(StorageException.class, this::open);
            assertTrue(e.getMessage().contains("in use by process " + process.pid()));
            process.destroyForcibly().waitFor();
            return committed;
        } finally {
            process.destroyForcibly();
        }
    }

    private RocksStore open() {
        return RocksStore.open(
                temp, List.of(LocalLog.SPACE, RecordingMachine.SPACE), RocksSettings.DEFAULT);
    }
}
