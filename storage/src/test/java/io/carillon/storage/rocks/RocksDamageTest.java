package io.carillon.storage.rocks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A torn end of the log is what a power failure leaves, and is cut off. Anything else is damage,
 * and the store refuses to open or to read: it never silently drops what was synced.
 */
class RocksDamageTest {
    private static final int COUNT = 1_000;

    @TempDir private Path temp;

    @Test
    void withoutDamageAllIsThere() throws IOException {
        assertEquals(range(COUNT), reopened(withOneLog(), DataDir.SMALL));
    }

    @Test
    void aTornEndOfTheLogIsCutOff() throws IOException {
        DataDir dir = withOneLog();
        DataDir.cutOff(dir.files("", ".log").getLast(), 30);
        assertEquals(range(COUNT - 1), reopened(dir, DataDir.SMALL));
    }

    @Test
    void anEndOfTheLogThatWasNotFilledInIsCutOff() throws IOException {
        DataDir dir = withOneLog();
        DataDir.zeroLast(dir.files("", ".log").getLast(), 5_000);
        List<Integer> left = reopened(dir, DataDir.SMALL);
        assertEquals(range(left.size()), left);
        assertTrue(left.size() > COUNT - 60, "only " + left.size());
    }

    @Test
    void aFlippedByteInTheLogIsRefused() throws IOException {
        DataDir dir = withOneLog();
        DataDir.flipByteInTheMiddle(dir.files("", ".log").getLast());
        refused(dir, "its data is damaged", "checksum mismatch", ".log", "backup", "salvage");
        refused(dir, "its data is damaged"); // and the refusal has changed nothing
    }

    @Test
    void salvageKeepsWhatComesBeforeTheDamage() throws IOException {
        DataDir dir = withOneLog();
        DataDir.flipByteInTheMiddle(dir.files("", ".log").getLast());
        List<Integer> left = reopened(dir, DataDir.SALVAGE);
        assertEquals(range(left.size()), left);
        assertTrue(left.size() > COUNT / 3, "only " + left.size());
        assertEquals(left, reopened(dir, DataDir.SMALL));
    }

    @Test
    void aMissingLogIsRefused() throws IOException {
        DataDir dir = withOneLog();
        Files.delete(dir.files("", ".log").getLast());
        refused(dir, "its data is damaged");
    }

    @Test
    void anOlderLogWithoutItsEndIsRefused() throws IOException {
        DataDir dir = withSeveralLogs();
        List<Path> logs = dir.files("", ".log");
        assertEquals(4, logs.size());
        DataDir.cutOff(logs.get(logs.size() - 2), 30);
        refused(dir, "its data is damaged");
    }

    @Test
    void aMissingOlderLogIsRefused() throws IOException {
        DataDir dir = withSeveralLogs();
        List<Path> logs = dir.files("", ".log");
        Files.delete(logs.get(logs.size() - 2));
        refused(dir, "its data is damaged");
    }

    @Test
    void aFlippedByteInATableIsFoundByReading() throws IOException {
        DataDir dir = withSeveralLogs();
        Path table = dir.files("", ".sst").getFirst();
        DataDir.flipByteInTheMiddle(table);
        var e =
                assertThrows(
                        StorageException.class,
                        () -> {
                            try (RocksStore store = dir.open(DataDir.SMALL)) {
                                DataDir.numbers(store, DataDir.A);
                            }
                        });
        assertSays(e, "its data is damaged", table.getFileName().toString());
    }

    @Test
    void aMissingTableIsRefused() throws IOException {
        DataDir dir = withSeveralLogs();
        Path table = dir.files("", ".sst").getFirst();
        Files.delete(table);
        refused(dir, "its data is damaged", table.getFileName().toString());
    }

    @Test
    void aDamagedManifestIsRefused() throws IOException {
        DataDir dir = withSeveralLogs();
        DataDir.flipByteInTheMiddle(dir.files("MANIFEST", "").getLast());
        refused(dir, "its data is damaged");
    }

    @Test
    void aStoreWithoutItsHeadDoesNotStartEmpty() throws IOException {
        DataDir dir = withOneLog();
        Files.delete(dir.path().resolve("db").resolve("CURRENT"));
        refused(dir, "CURRENT is missing", "backup");
    }

    /** A closed store whose data are in the log only. */
    private DataDir withOneLog() {
        DataDir dir = new DataDir(temp);
        try (RocksStore store = dir.open(DataDir.SMALL)) {
            DataDir.putNumbers(store, DataDir.A, COUNT);
            return dir;
        }
    }

    /** A closed store with three tables; one change that is in none of them keeps all logs. */
    private DataDir withSeveralLogs() {
        DataDir dir = new DataDir(temp);
        try (RocksStore store = dir.open(RocksSettings.DEFAULT)) {
            DataDir.putNumbers(store, DataDir.B, 1);
            for (int i = 0; i < 3; i++) {
                DataDir.putNumbers(store, DataDir.A, COUNT);
                store.flush(DataDir.A);
            }
            DataDir.putNumbers(store, DataDir.A, COUNT);
            return dir;
        }
    }

    private static List<Integer> reopened(DataDir dir, RocksSettings settings) {
        try (RocksStore store = dir.open(settings)) {
            return DataDir.numbers(store, DataDir.A);
        }
    }

    private static List<Integer> range(int end) {
        return IntStream.range(0, end).boxed().toList();
    }

    private static void refused(DataDir dir, String... says) {
        assertSays(
                assertThrows(StorageException.class, () -> dir.open(DataDir.SMALL).close()), says);
    }

    private static void assertSays(StorageException e, String... says) {
        for (String each : says) {
            assertTrue(e.getMessage().contains(each), e.getMessage() + " lacks " + each);
        }
    }
}
