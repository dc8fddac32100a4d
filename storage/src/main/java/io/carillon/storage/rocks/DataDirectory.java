package io.carillon.storage.rocks;

import io.carillon.storage.StorageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's data directory: RocksDB's files are in {@code db}, who has it open is in {@code owner}.
 */
final class DataDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);

    private final Path dir;

    private DataDirectory(Path dir) {
        this.dir = dir;
    }

    /** Makes the directory if it isn't there, and checks that it can be used. */
    static DataDirectory prepare(Path dataDir) {
        Path dir = dataDir.toAbsolutePath().normalize();
        try {
            Files.createDirectories(dir);
        } catch (FileAlreadyExistsException e) {
            throw new StorageException(
                    "the data directory "
                            + dir
                            + " can't be used: "
                            + e.getFile()
                            + " is a file, not a directory",
                    e);
        } catch (IOException e) {
            throw new StorageException(
                    "the data directory "
                            + dir
                            + " can't be made: "
                            + reason(e)
                            + "; make it and give it to the user that runs this process, or set"
                            + " another one",
                    e);
        }
        DataDirectory directory = new DataDirectory(dir);
        directory.checkWritable();
        directory.checkNotHeadless();
        return directory;
    }

    Path path() {
        return dir;
    }

    /** Where RocksDB's files are. */
    Path db() {
        return dir.resolve("db");
    }

    boolean isNew() {
        return !Files.exists(db().resolve("CURRENT"));
    }

    /** Writes down that this process has the directory open. Only for people and messages. */
    void claim() {
        ProcessHandle self = ProcessHandle.current();
        try {
            Files.writeString(owner(), "process " + self.pid());
        } catch (IOException e) {
            LOG.warn("can't write {}: {}", owner(), reason(e));
        }
    }

    /** Who has the directory open, as far as it is known. */
    String claimant() {
        try {
            return Files.readString(owner()).strip();
        } catch (IOException e) {
            return "another process";
        }
    }

    void release() {
        try {
            Files.deleteIfExists(owner());
        } catch (IOException e) {
            // The next owner overwrites it.
        }
    }

    /** The bytes that RocksDB's files take. */
    long bytes() {
        try (Stream<Path> files = Files.list(db())) {
            return files.mapToLong(DataDirectory::sizeOf).sum();
        } catch (IOException | UncheckedIOException e) {
            throw new StorageException("can't list " + db() + ": " + e.getMessage(), e);
        }
    }

    private Path owner() {
        return dir.resolve("owner");
    }

    private void checkWritable() {
        try {
            Files.delete(Files.createTempFile(dir, "probe", ""));
        } catch (IOException e) {
            throw new StorageException(
                    "the data directory "
                            + dir
                            + " can't be written to: "
                            + reason(e)
                            + "; give it to the user that runs this process and see that the disk"
                            + " is neither full nor mounted read-only",
                    e);
        }
    }

    /** RocksDB would start empty over files that it has lost the head of. */
    private void checkNotHeadless() {
        if (!isNew() || !Files.isDirectory(db())) {
            return;
        }
        try (Stream<Path> files = Files.list(db())) {
            @Nullable Path orphan = files.filter(DataDirectory::isData).findAny().orElse(null);
            if (orphan != null) {
                throw new StorageException(
                        "the store in "
                                + db()
                                + " has data, such as "
                                + orphan.getFileName()
                                + ", but its file CURRENT is missing; restore the directory from a"
                                + " backup, or move it away to start empty",
                        null);
            }
        } catch (IOException e) {
            throw new StorageException("can't list " + db() + ": " + reason(e), e);
        }
    }

    private static boolean isData(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".sst") || name.endsWith(".log");
    }

    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0; // compacted away in the meantime
        }
    }

    private static String reason(IOException e) {
        return e instanceof AccessDeniedException denied
                ? "permission denied for " + denied.getFile()
                : String.valueOf(e.getMessage());
    }
}
