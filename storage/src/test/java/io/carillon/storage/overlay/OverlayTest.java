package io.carillon.storage.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.storage.Batch;
import io.carillon.storage.Cursor;
import io.carillon.storage.Space;
import io.carillon.storage.StorageException;
import io.carillon.storage.memory.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class OverlayTest {
    private static final Space A = new Space("a");
    private static final Space B = new Space("b");

    private final MemoryStore store = new MemoryStore(List.of(A, B));
    private final Overlay overlay = new Overlay(store);

    @Test
    void anEntryIsReadableAtOnceAndNotInTheStore() {
        append(batch -> put(batch, "k", "v"));
        assertEquals("v", get("k"));
        assertNull(store.get(A, bytes("k")));
        assertNull(overlay.get(B, bytes("k")));
        assertEquals(List.of("k"), keys());
    }

    @Test
    void aCommittedEntryIsReadFromTheStore() {
        Changes entry = append(batch -> put(batch, "k", "v"));
        write(entry);
        overlay.commit();
        assertEquals(0, overlay.pendingEntries());
        assertEquals("v", get("k"));
        write(record(batch -> put(batch, "k", "v2")));
        assertEquals("v2", get("k"));
    }

    @Test
    void aNewerChangeHidesACommittedOne() {
        Changes first = append(batch -> put(batch, "k", "1"));
        append(batch -> put(batch, "k", "2"));
        write(first);
        assertEquals("2", get("k"));
        overlay.commit();
        assertEquals("2", get("k"));
        overlay.discard();
        assertEquals("1", get("k"));
    }

    @Test
    void whatIsDiscardedWasNeverThere() {
        write(record(batch -> put(batch, "k", "stored")));
        append(batch -> batch.delete(A, bytes("k")));
        append(batch -> put(batch, "new", "v"));
        assertEquals(List.of("new"), keys());
        overlay.discard();
        assertEquals(List.of("k"), keys());
        assertEquals(0, overlay.pendingBytes());
        assertThrows(IllegalStateException.class, overlay::commit);
    }

    @Test
    void deletionsHideTheStore() {
        write(
                record(
                        batch -> {
                            put(batch, "a", "");
                            put(batch, "b", "");
                            put(batch, "c", "");
                        }));
        append(batch -> batch.delete(A, bytes("a")));
        append(batch -> batch.deleteOnce(A, bytes("c")));
        assertNull(get("a"));
        assertNull(get("c"));
        assertEquals(List.of("b"), keys());
        append(batch -> put(batch, "a", "back"));
        assertEquals(List.of("a", "b"), keys());
    }

    @Test
    void aDeletedRangeHidesTheStoreAndOlderEntriesOnly() {
        write(
                record(
                        batch -> {
                            put(batch, "a", "stored");
                            put(batch, "b", "stored");
                            put(batch, "d", "stored");
                        }));
        append(batch -> put(batch, "c", "older"));
        append(batch -> batch.deleteRange(A, bytes("b"), bytes("d")));
        assertEquals(List.of("a", "d"), keys());
        assertNull(get("b"));
        append(batch -> put(batch, "bb", "newer"));
        assertEquals(List.of("a", "bb", "d"), keys());
        assertEquals("newer", get("bb"));
    }

    @Test
    void theOrderWithinAnEntryCounts() {
        append(
                batch -> {
                    put(batch, "k", "1");
                    batch.deleteRange(A, bytes("a"), bytes("z"));
                    put(batch, "l", "2");
                    batch.delete(A, bytes("l"));
                    put(batch, "l", "3");
                });
        assertNull(get("k"));
        assertEquals("3", get("l"));
    }

    @Test
    void overlappingRangesAreCommittedOneByOne() {
        write(
                record(
                        batch -> {
                            for (String key : List.of("a", "b", "c", "d", "e", "f")) {
                                put(batch, key, "");
                            }
                        }));
        Changes outer = append(batch -> batch.deleteRange(A, bytes("a"), bytes("f")));
        Changes inner = append(batch -> batch.deleteRange(A, bytes("c"), bytes("d")));
        Changes across = append(batch -> batch.deleteRange(A, bytes("e"), bytes("g")));
        assertEquals(List.of(), keys());
        for (Changes entry : List.of(outer, inner, across)) {
            write(entry);
            overlay.commit();
            assertEquals(List.of(), keys());
        }
        write(record(batch -> put(batch, "c", "")));
        assertEquals(List.of("c"), keys()); // no range is left behind
    }

    @Test
    void aCursorKeepsToItsMoment() {
        write(record(batch -> put(batch, "a", "stored")));
        Changes first = append(batch -> put(batch, "b", "pending"));
        try (Cursor cursor = overlay.cursor(A);
                Cursor other = overlay.cursor(A)) {
            append(batch -> batch.deleteRange(A, bytes("a"), bytes("z")));
            assertEquals(List.of(), keys());
            write(first);
            overlay.commit();
            assertEquals(List.of("a", "b"), keys(cursor));
            overlay.discard();
            assertEquals(List.of("a", "b"), keys(cursor));
            assertEquals(List.of("a", "b"), keys(other));
        }
        assertEquals(List.of("a", "b"), keys());
    }

    @Test
    void aCursorTurnsRoundAnywhere() {
        write(
                record(
                        batch -> {
                            put(batch, "a", "");
                            put(batch, "c", "");
                            put(batch, "e", "");
                        }));
        append(
                batch -> {
                    put(batch, "b", "");
                    put(batch, "c", "pending");
                    batch.delete(A, bytes("e"));
                    put(batch, "f", "");
                });
        try (Cursor cursor = overlay.cursor(A)) {
            assertTrue(cursor.seek(bytes("bb")));
            assertEquals("pending", text(cursor.value()));
            assertTrue(cursor.previous());
            assertEquals("b", text(cursor.key()));
            assertTrue(cursor.next());
            assertTrue(cursor.next());
            assertEquals("f", text(cursor.key()));
            assertTrue(cursor.seekBack(bytes("ee")));
            assertEquals("c", text(cursor.key()));
            assertTrue(cursor.next());
            assertEquals("f", text(cursor.key()));
            assertFalse(cursor.next());
            assertThrows(NoSuchElementException.class, cursor::previous);
        }
    }

    @Test
    void aClosedCursorThrows() {
        append(batch -> put(batch, "k", "v"));
        Cursor cursor = overlay.cursor(A);
        assertThrows(NoSuchElementException.class, cursor::key);
        assertTrue(cursor.seek(bytes("k")));
        cursor.close();
        cursor.close();
        assertThrows(StorageException.class, cursor::key);
        assertThrows(StorageException.class, () -> cursor.seek(bytes("k")));
    }

    @Test
    void bytesAreCountedExactly() {
        RecordedBatch batch = new RecordedBatch();
        assertTrue(batch.isEmpty());
        batch.put(A, bytes("key"), bytes("value"));
        batch.delete(A, bytes("k2"));
        batch.deleteOnce(B, bytes("k"));
        batch.deleteRange(B, bytes("aa"), bytes("b"));
        batch.deleteRange(B, bytes("b"), bytes("aa")); // none
        assertEquals(3 + 5 + 2 + 1 + 2 + 1, batch.sizeBytes());
        Changes entry = batch.take();
        assertEquals(14, entry.sizeBytes());
        assertEquals(0, batch.sizeBytes());
        assertTrue(batch.isEmpty());
        assertTrue(batch.take().isEmpty());
        overlay.append(entry);
        overlay.append(entry);
        assertEquals(28, overlay.pendingBytes());
        overlay.commit();
        assertEquals(14, overlay.pendingBytes());
    }

    @Test
    void callersMayReuseTheirArrays() {
        byte[] key = bytes("k");
        byte[] value = bytes("v");
        append(batch -> batch.put(A, key, value));
        value[0] = 'x';
        key[0] = 'x';
        byte[] read = overlay.get(A, bytes("k"));
        assertEquals("v", text(read));
        read[0] = 'x';
        assertEquals("v", get("k"));
    }

    private static Changes record(Consumer<Batch> changes) {
        RecordedBatch batch = new RecordedBatch();
        changes.accept(batch);
        return batch.take();
    }

    private Changes append(Consumer<Batch> changes) {
        Changes entry = record(changes);
        overlay.append(entry);
        return entry;
    }

    private void write(Changes entry) {
        try (Batch batch = store.newBatch()) {
            entry.writeTo(batch);
            store.write(batch);
        }
    }

    private List<String> keys() {
        try (Cursor cursor = overlay.cursor(A)) {
            return keys(cursor);
        }
    }

    private static List<String> keys(Cursor cursor) {
        List<String> keys = new ArrayList<>();
        for (boolean on = cursor.seek(new byte[0]); on; on = cursor.next()) {
            keys.add(text(cursor.key()));
        }
        return keys;
    }

    private String get(String key) {
        byte[] value = overlay.get(A, bytes(key));
        return value == null ? null : text(value);
    }

    private static void put(Batch batch, String key, String value) {
        batch.put(A, bytes(key), bytes(value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
