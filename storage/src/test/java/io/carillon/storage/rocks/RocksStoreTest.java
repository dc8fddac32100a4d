package io.carillon.storage.rocks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.storage.Space;
import io.carillon.storage.StorageException;
import io.carillon.storage.Store;
import io.carillon.storage.StoreContract;
import io.carillon.storage.StoreModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
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
        Space c = new Space("c");
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

    /** Hunts a call that is in native code while the store frees what it uses. */
    @Test
    void closingUnderLoadGivesEachCallerAnException() throws Exception {
        List<Runnable> loads =
                List.of(
                        () -> put(A, "k", "v"),
                        () -> get(A, "k"),
                        () -> keys(A),
                        () -> store.sync(),
                        () -> store.cursor(A)); // never closed by its opener
        for (int round = 0; round < 5; round++) {
            List<Thread> threads = new ArrayList<>();
            List<Throwable> wrong = Collections.synchronizedList(new ArrayList<>());
            CountDownLatch underWay = new CountDownLatch(loads.size());
            for (Runnable load : loads) {
                threads.add(Thread.ofPlatform().start(() -> repeat(load, underWay, wrong)));
            }
            underWay.await();
            store.close();
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(List.of(), wrong);
            store = open();
        }
    }

    private static void repeat(Runnable load, CountDownLatch underWay, List<Throwable> wrong) {
        try {
            for (int i = 0; ; i++) {
                load.run();
                if (i == 20) {
                    underWay.countDown();
                }
            }
        } catch (StorageException closed) {
            return;
        } catch (RuntimeException | Error e) { // RocksDB asserts that what it is given lives
            wrong.add(e);
        }
    }
}
