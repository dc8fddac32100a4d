package io.carillon.storage.rocks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.storage.Store;
import io.carillon.storage.StoreContract;
import io.carillon.storage.StoreModel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RocksStoreTest extends StoreContract {
    @TempDir private Path dir;

    @Override
    protected Store open() {
        return RocksStore.open(dir, List.of(A, B), RocksSettings.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithASortedMapAlsoAfterReopening(long seed) {
        StoreModel model = new StoreModel(seed, List.of(A, B));
        for (int i = 0; i < 3; i++) {
            model.run(store, 100);
            store.close();
            store = open();
            model.compareAll(store);
        }
    }

    @Test
    void aSpaceCanBeAddedLater() {
        put(A, "k", "v");
        store.close();
        var c = new io.carillon.storage.Space("c");
        store = RocksStore.open(dir, List.of(A, B, c), RocksSettings.DEFAULT);
        put(c, "k", "in c");
        assertEquals("v", get(A, "k"));
        assertEquals("in c", get(c, "k"));
    }

    @Test
    void countsItsBytesOnDisk() {
        put(A, "k", "v".repeat(100_000));
        store.sync();
        assertTrue(store.diskBytes() > 100_000);
    }
}
