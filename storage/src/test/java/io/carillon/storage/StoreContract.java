package io.carillon.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store does. */
public abstract class StoreContract {
    protected static final Space A = new Space("a");
    protected static final Space B = new Space("b");

    protected Store store;

    /** An empty store with the spaces A and B. */
    protected abstract Store open();

    @BeforeEach
    void openStore() {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void aWrittenBatchIsReadableAndEmptyForNewUse() {
        try (Batch batch = store.newBatch()) {
            assertTrue(batch.isEmpty());
            assertEquals(0, batch.sizeBytes());
            batch.put(A, bytes("k"), bytes("v"));
            assertFalse(batch.isEmpty());
            assertTrue(batch.sizeBytes() > 0);
            assertNull(store.get(A, bytes("k")));
            store.write(batch);
            assertTrue(batch.isEmpty());
            assertEquals("v", get(A, "k"));
            batch.put(A, bytes("k2"), bytes("v2"));
            store.write(batch);
        }
        assertEquals("v", get(A, "k"));
        assertEquals("v2", get(A, "k2"));
    }

    @Test
    void spacesAreApart() {
        put(A, "k", "in a");
        put(B, "k", "in b");
        try (Batch batch = store.newBatch()) {
            batch.delete(A, bytes("k"));
            store.write(batch);
        }
        assertNull(get(A, "k"));
        assertEquals("in b", get(B, "k"));
        assertEquals(List.of(), keys(A));
        assertEquals(List.of("k"), keys(B));
    }

    @Test
    void aBatchTakesTheArraysAsTheyAre() {
        byte[] key = bytes("k");
        byte[] value = bytes("v");
        try (Batch batch = store.newBatch()) {
            batch.put(A, key, value);
            key[0] = 'x';
            value[0] = 'x';
            store.write(batch);
        }
        assertEquals("v", get(A, "k"));
    }

    @Test
    void aClearedBatchChangesNothing() {
        try (Batch batch = store.newBatch()) {
            batch.put(A, bytes("k"), bytes("v"));
            batch.clear();
            assertTrue(batch.isEmpty());
            store.write(batch);
        }
        assertNull(get(A, "k"));
    }

    @Test
    void laterChangesOfABatchWin() {
        try (Batch batch = store.newBatch()) {
            batch.put(A, bytes("k"), bytes("1"));
            batch.put(A, bytes("k"), bytes("2"));
            batch.put(A, bytes("gone"), bytes("1"));
            batch.delete(A, bytes("gone"));
            batch.delete(A, bytes("back"));
            batch.put(A, bytes("back"), bytes("1"));
            store.write(batch);
        }
        assertEquals("2", get(A, "k"));
        assertEquals(List.of("back", "k"), keys(A));
    }

    @Test
    void deletesARange() {
        for (String key : List.of("a", "b", "c", "d")) {
            put(A, key, key);
        }
        try (Batch batch = store.newBatch()) {
            batch.deleteRange(A, bytes("b"), bytes("d"));
            batch.deleteRange(A, bytes("d"), bytes("a")); // from is not below to: none
            batch.deleteRange(A, bytes("a"), bytes("a"));
            store.write(batch);
        }
        assertEquals(List.of("a", "d"), keys(A));
    }

    @Test
    void deletesOnce() {
        put(A, "k", "v");
        try (Batch batch = store.newBatch()) {
            batch.deleteOnce(A, bytes("k"));
            store.write(batch);
            batch.put(A, bytes("k"), bytes("v2"));
            store.write(batch);
        }
        assertEquals("v2", get(A, "k"));
    }

    @Test
    void takesEmptyAndLargeKeysAndValues() {
        byte[] large = new byte[3 << 20];
        large[large.length - 1] = 7;
        byte[] longKey = new byte[300];
        try (Batch batch = store.newBatch()) {
            batch.put(A, new byte[0], new byte[0]);
            batch.put(A, longKey, large);
            store.write(batch);
        }
        assertArrayEquals(new byte[0], store.get(A, new byte[0]));
        assertArrayEquals(large, store.get(A, longKey));
    }

    @Test
    void keysCompareAsUnsignedBytes() {
        try (Batch batch = store.newBatch()) {
            batch.put(A, new byte[] {(byte) 0x80}, bytes("high"));
            batch.put(A, new byte[] {0x7F}, bytes("low"));
            store.write(batch);
        }
        try (Cursor cursor = store.cursor(A)) {
            assertTrue(cursor.seek(new byte[0]));
            assertArrayEquals(bytes("low"), cursor.value());
            assertTrue(cursor.next());
            assertArrayEquals(bytes("high"), cursor.value());
            assertFalse(cursor.next());
        }
    }

    @Test
    void aCursorSeeksBothWays() {
        put(A, "b", "1");
        put(A, "d", "2");
        put(B, "c", "other space");
        try (Cursor cursor = store.cursor(A)) {
            assertTrue(cursor.seek(bytes("c")));
            assertArrayEquals(bytes("d"), cursor.key());
            assertTrue(cursor.seekBack(bytes("c")));
            assertArrayEquals(bytes("b"), cursor.key());
            assertTrue(cursor.seek(bytes("b")));
            assertArrayEquals(bytes("b"), cursor.key());
            assertTrue(cursor.seekBack(bytes("d")));
            assertArrayEquals(bytes("2"), cursor.value());
            assertFalse(cursor.seek(bytes("e")));
            assertFalse(cursor.seekBack(bytes("a")));
            assertTrue(cursor.seek(bytes("a")));
        }
    }

    @Test
    void aCursorWalksBothWays() {
        for (String key : List.of("a", "b", "c")) {
            put(A, key, key);
        }
        try (Cursor cursor = store.cursor(A)) {
            assertTrue(cursor.seekBack(bytes("z")));
            assertTrue(cursor.previous());
            assertArrayEquals(bytes("b"), cursor.key());
            assertTrue(cursor.next());
            assertArrayEquals(bytes("c"), cursor.key());
            assertTrue(cursor.previous());
            assertTrue(cursor.previous());
            assertArrayEquals(bytes("a"), cursor.key());
            assertFalse(cursor.previous());
            assertThrows(NoSuchElementException.class, cursor::previous);
        }
    }

    @Test
    void aCursorThatStandsNowhereHasNoKey() {
        put(A, "k", "v");
        try (Cursor cursor = store.cursor(A)) {
            assertThrows(NoSuchElementException.class, cursor::key);
            assertThrows(NoSuchElementException.class, cursor::next);
            assertFalse(cursor.seek(bytes("l")));
            assertThrows(NoSuchElementException.class, cursor::value);
        }
    }

    @Test
    void aCursorSeesTheMomentOfItsOpening() {
        put(A, "a", "old");
        put(A, "b", "old");
        try (Cursor cursor = store.cursor(A)) {
            put(A, "a", "new");
            put(A, "c", "new");
            try (Batch batch = store.newBatch()) {
                batch.delete(A, bytes("b"));
                store.write(batch);
            }
            assertTrue(cursor.seek(bytes("a")));
            assertArrayEquals(bytes("old"), cursor.value());
            assertTrue(cursor.next());
            assertArrayEquals(bytes("b"), cursor.key());
            assertFalse(cursor.next());
        }
        assertEquals(List.of("a", "c"), keys(A));
    }

    @Test
    void closedMeansAnExceptionAndNothingWorse() {
        put(A, "k", "v");
        Cursor left = store.cursor(A);
        assertTrue(left.seek(bytes("k")));
        Cursor closed = store.cursor(A);
        closed.close();
        closed.close();
        assertThrows(StorageException.class, () -> closed.seek(bytes("k")));
        Batch batch = store.newBatch();
        batch.put(A, bytes("k"), bytes("v"));

        store.close();
        store.close();
        assertThrows(StorageException.class, left::next);
        assertThrows(StorageException.class, left::value);
        left.close();
        assertThrows(StorageException.class, () -> store.write(batch));
        assertThrows(StorageException.class, () -> store.sync());
        assertThrows(StorageException.class, () -> store.cursor(A));
        assertThrows(StorageException.class, () -> store.get(A, bytes("k")));
        batch.close();
    }

    @Test
    void aSpaceThatWasNotOpenedIsRefused() {
        Space other = new Space("other");
        var e = assertThrows(StorageException.class, () -> store.get(other, bytes("k")));
        assertTrue(e.getMessage().contains("other"), e.getMessage());
        assertThrows(StorageException.class, () -> put(other, "k", "v"));
        put(A, "k", "v"); // and the store is well
        assertNull(store.failure());
    }

    protected void put(Space space, String key, String value) {
        put(store, space, key, value);
    }

    protected static void put(Store store, Space space, String key, String value) {
        try (Batch batch = store.newBatch()) {
            batch.put(space, bytes(key), bytes(value));
            store.write(batch);
        }
    }

    protected String get(Space space, String key) {
        return get(store, space, key);
    }

    protected static String get(Store store, Space space, String key) {
        byte[] value = store.get(space, bytes(key));
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    protected List<String> keys(Space space) {
        return keys(store, space);
    }

    protected static List<String> keys(Store store, Space space) {
        List<String> keys = new ArrayList<>();
        try (Cursor cursor = store.cursor(space)) {
            for (boolean on = cursor.seek(new byte[0]); on; on = cursor.next()) {
                keys.add(new String(cursor.key(), StandardCharsets.UTF_8));
            }
        }
        return keys;
    }

    protected static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
