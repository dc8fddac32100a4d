package io.carillon.storage.rocks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.storage.Space;
import io.carillon.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;

/** Each reason for not opening or not going on is said in words that lead to the remedy. */
class RocksRefusalTest {
    @TempDir private Path temp;

    @Test
    void aFileIsNotADirectory() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));
        assertSays(refused(file), file + " is a file, not a directory");
        assertSays(refused(file.resolve("below")), file.toString(), "Not a directory");
    }

    @Test
    void aDirectoryThatCannotBeMadeIsNamed() {
        assertSays(refused(Path.of("/proc/carillon")), "/proc/carillon can't be made");
    }

    @Test
    void aDirectoryThatCannotBeWrittenToIsNamed() {
        assertSays(refused(Path.of("/proc/self")), "/proc/self can't be written to");
    }

    @Test
    void aDirectoryInUseNamesWhoUsesIt() {
        DataDir dir = new DataDir(temp);
        try (RocksStore first = dir.open(RocksSettings.DEFAULT)) {
            assertSays(
                    refused(temp),
                    temp.toString(),
                    "in use by process " + ProcessHandle.current().pid());
            DataDir.putNumbers(first, DataDir.A, 1); // the first one doesn't notice
        }
        dir.open(RocksSettings.DEFAULT).close();
    }

    @Test
    void aNewerFormatIsRefused() throws Exception {
        DataDir dir = new DataDir(temp);
        dir.open(RocksSettings.DEFAULT).close();
        List<ColumnFamilyDescriptor> all =
                List.of(
                        new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY),
                        new ColumnFamilyDescriptor("a".getBytes(UTF_8)),
                        new ColumnFamilyDescriptor("b".getBytes(UTF_8)));
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try (RocksDB raw = RocksDB.open(temp.resolve("db").toString(), all, handles)) {
            raw.put("format".getBytes(UTF_8), "3".getBytes(UTF_8));
            handles.forEach(ColumnFamilyHandle::close);
        }
        assertSays(refused(temp), "has format 3 and this release reads format 2");
    }

    @Test
    void aSpaceOfANewerReleaseIsRefused() {
        Space later = new Space("later");
        RocksStore.open(temp, List.of(DataDir.A, DataDir.B, later), RocksSettings.DEFAULT).close();
        assertSays(refused(temp), "[later]", "newer release");
    }

    @Test
    void aFullDiskFailsTheStoreForGoodWhileReadsGoOn() {
        DataDir dir = new DataDir(temp);
        try (RocksStore store = dir.open(new RocksSettings(1 << 20, 1 << 20, 1 << 20, false))) {
            DataDir.putNumbers(store, DataDir.B, 1);
            var e =
                    assertThrows(
                            StorageException.class,
                            () -> {
                                while (true) {
                                    DataDir.putNumbers(store, DataDir.A, 10_000);
                                }
                            });
            assertSays(e, "the disk is full", "free space and start again");
            assertEquals(e.getMessage(), store.failure());
            var again =
                    assertThrows(
                            StorageException.class, () -> DataDir.putNumbers(store, DataDir.A, 1));
            assertSays(again, "the store has failed", "the disk is full");
            assertThrows(StorageException.class, store::sync);
            assertEquals(List.of(0), DataDir.numbers(store, DataDir.B));
        }
        try (RocksStore store = dir.open(RocksSettings.DEFAULT)) { // space was freed
            assertEquals(List.of(0), DataDir.numbers(store, DataDir.B));
            DataDir.putNumbers(store, DataDir.B, 2);
        }
    }

    @Test
    void nothingOfTheNativeLibraryIsLeftInTheDirectory() {
        new DataDir(temp).open(RocksSettings.DEFAULT).close();
        assertFalse(Files.exists(temp.resolve("native")));
        assertFalse(Files.exists(temp.resolve("owner")));
    }

    @Test
    void settingsOutOfBoundsAreNamed() {
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new RocksSettings(1, 128 << 20, 0, false));
        assertTrue(e.getMessage().contains("blockCacheBytes is 1"), e.getMessage());
    }

    private static StorageException refused(Path dir) {
        return assertThrows(
                StorageException.class, () -> new DataDir(dir).open(RocksSettings.DEFAULT).close());
    }

    private static void assertSays(StorageException e, String... says) {
        for (String each : says) {
            assertTrue(e.getMessage().contains(each), e.getMessage() + " lacks " + each);
        }
    }
}
