package io.carillon.storage.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.storage.StorageException;
import io.carillon.storage.Store;
import io.carillon.storage.StoreContract;
import io.carillon.storage.StoreModel;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryStoreTest extends StoreContract {

    @Override
    protected Store open() {
        return new MemoryStore(List.of(A, B));
    }

    private MemoryStore memory() {
        return (MemoryStore) store;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithASortedMap(long seed) {
        StoreModel model = new StoreModel(seed, List.of(A, B));
        model.run(store, 300);
        model.compareAll(store);
    }

    @Test
    void aCrashLosesWhatWasNotSynced() {
        put(A, "1", "synced");
        store.sync();
        put(A, "2", "not");
        put(B, "3", "not");
        MemoryStore after = memory().crash();
        assertEquals(List.of("1"), keys(after, A));
        assertEquals(List.of(), keys(after, B));
        assertThrows(StorageException.class, () -> get(A, "1"));
    }

    @Test
    void aCrashMayKeepAPrefixOfWholeBatches() {
        put(A, "1", "");
        put(A, "2", "");
        put(A, "3", "");
        assertEquals(3, memory().unsyncedBatches());
        MemoryStore after = memory().crash(2);
        assertEquals(List.of("1", "2"), keys(after, A));
        assertEquals(List.of("1", "2"), keys(after.crash(), A));
    }

    @Test
    void aFailedWriteFailsTheStoreForGood() {
        put(A, "k", "v");
        memory().failNextWrite("disk full");
        assertThrows(StorageException.class, () -> put(A, "k2", "v"));
        var e = assertThrows(StorageException.class, () -> put(A, "k3", "v"));
        assertTrue(e.getMessage().contains("disk full"), e.getMessage());
        assertThrows(StorageException.class, store::sync);
        assertEquals("disk full", store.failure());
        assertEquals("v", get(A, "k"));
        assertNull(get(A, "k2"));
    }

    @Test
    void aFailedSyncFailsTheStoreForGood() {
        put(A, "k", "v");
        memory().failNextSync("bad sector");
        assertThrows(StorageException.class, store::sync);
        assertThrows(StorageException.class, store::sync);
        assertThrows(StorageException.class, () -> put(A, "k2", "v"));
        assertEquals(List.of(), keys(memory().crash(), A));
    }

    @Test
    void aHeldSyncCoversWhatWasWrittenBeforeIt() throws Exception {
        put(A, "before", "");
        memory().holdSyncs();
        CountDownLatch done = new CountDownLatch(1);
        Thread syncing =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    store.sync();
                                    done.countDown();
                                });
        while (syncing.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        put(A, "during", "");
        assertFalse(done.await(1, TimeUnit.MILLISECONDS));
        memory().releaseSyncs();
        assertTrue(done.await(10, TimeUnit.SECONDS));
        assertEquals(List.of("before"), keys(memory().crash(), A));
    }
}
