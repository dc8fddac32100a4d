package io.carillon.storage.rocks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.carillon.storage.StorageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Turns RocksDB's errors into sentences that say what happened and what to do. */
final class Diagnosis {
    private final DataDirectory directory;

    Diagnosis(DataDirectory directory) {
        this.directory = directory;
    }

    StorageException whileOpening(RocksDBException e) {
        String detail = detail(e);
        if (detail.contains("/LOCK") || detail.contains("lock hold by")) {
            return new StorageException(
                    "the data directory "
                            + directory.path()
                            + " is in use by "
                            + directory.claimant()
                            + "; stop that one, or give this node a data directory of its own",
                    e);
        }
        return during("open", e);
    }

    /**
     * @param what the verb, such as {@code write}
     */
    StorageException during(String what, RocksDBException e) {
        String detail = detail(e);
        String start = "the store in " + directory.db() + " can't " + what + ": ";
        if (isCorruption(e)) {
            return new StorageException(
                    start
                            + "its data is damaged ("
                            + detail
                            + damagedLog()
                            + "); restore the data directory from a backup, or, with replicas"
                            + " elsewhere, move it away so that the node copies them; a damaged"
                            + " end of the log can be cut off by starting once with storage.salvage=true",
                    e);
        }
        if (isDiskFull(e)) {
            return new StorageException(
                    start + "the disk is full (" + detail + "); free space and start again", e);
        }
        return new StorageException(
                start + detail + "; check the disk and the system's log, then start again", e);
    }

    /** An error over RocksDB's write-ahead log doesn't name the file; its text log does. */
    private String damagedLog() {
        try (Stream<String> lines = Files.lines(directory.db().resolve("LOG"), ISO_8859_1)) {
            return lines.filter(line -> line.contains(".log: dropping"))
                    .map(line -> "; " + line.substring(line.lastIndexOf("] ") + 2))
                    .findFirst()
                    .orElse("");
        } catch (IOException | UncheckedIOException e) {
            return "";
        }
    }

    private static boolean isCorruption(RocksDBException e) {
        return e.getStatus() != null && e.getStatus().getCode() == Status.Code.Corruption;
    }

    private static boolean isDiskFull(RocksDBException e) {
        String detail = detail(e);
        return (e.getStatus() != null && e.getStatus().getSubCode() == Status.SubCode.NoSpace)
                || detail.contains("No space left")
                || detail.contains("Max allowed space");
    }

    private static String detail(RocksDBException e) {
        return String.valueOf(e.getMessage());
    }
}
