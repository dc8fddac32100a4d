package io.carillon.storage.rocks;

import io.carillon.storage.StorageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.rocksdb.NativeLibraryLoader;

/**
 * RocksDB's native code. The jar's copy has to be a file to be loaded; it is unpacked into the data
 * directory, which is known to be writable also where the rest of the file system is not, and
 * unlinked as soon as it is mapped, so that nothing is left behind by a kill.
 */
final class NativeLibrary {
    private static boolean loaded;

    private NativeLibrary() {}

    /** Loads the library unless this process has it already. */
    static synchronized void load(Path dataDir) {
        if (loaded) {
            return;
        }
        Path dir = dataDir.resolve("native");
        try {
            Files.createDirectories(dir);
            NativeLibraryLoader.getInstance().loadLibrary(dir.toString());
        } catch (IOException | RuntimeException | UnsatisfiedLinkError e) {
            throw new StorageException(
                    "RocksDB's native library can't be loaded from "
                            + dir
                            + " ("
                            + e.getMessage()
                            + "); the data directory has to be writable and on a file system that"
                            + " allows programs to run (no noexec), or librocksdbjni has to be"
                            + " on java.library.path",
                    e);
        }
        removeQuietly(dir);
        loaded = true;
    }

    private static void removeQuietly(Path dir) {
        try (Stream<Path> files = Files.list(dir)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(dir);
        } catch (IOException | UncheckedIOException e) {
            // Where a mapped file can't be unlinked it is replaced at the next start.
        }
    }
}
