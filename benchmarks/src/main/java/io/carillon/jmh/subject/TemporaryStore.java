package io.carillon.jmh.subject;

import io.carillon.cluster.replication.LocalLog;
import io.carillon.shard.Spaces;
import io.carillon.storage.Space;
import io.carillon.storage.Store;
import io.carillon.storage.rocks.RocksSettings;
import io.carillon.storage.rocks.RocksStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A node's store in a folder that goes when it is closed; below the folder for temporary files, so
 * that {@code -jvmArgsAppend -Djava.io.tmpdir=FOLDER} says which disk is measured.
 */
final class TemporaryStore implements AutoCloseable {
    private final Path folder;
    private final RocksStore store;

    TemporaryStore() throws IOException {
        folder = Files.createTempDirectory("carillon-jmh");
        store = RocksStore.open(folder, spaces(), RocksSettings.DEFAULT);
    }

    static List<Space> spaces() {
        List<Space> spaces = new ArrayList<>(Spaces.all());
        spaces.add(LocalLog.SPACE);
        return spaces;
    }

    Store store() {
        return store;
    }

    @Override
    public void close() throws IOException {
        store.close();
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
