package io.carillon.storage.overlay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.carillon.storage.Cursor;
import java.util.NavigableMap;
import java.util.random.RandomGenerator;

/** A cursor and the map that it has to walk: what was there when it was opened. */
final class OverlayWalker {
    private final Cursor cursor;
    private final NavigableMap<byte[], byte[]> map;
    private byte[] at;

    OverlayWalker(Cursor cursor, NavigableMap<byte[], byte[]> map) {
        this.cursor = cursor;
        this.map = map;
    }

    /** A random move, to the key if it is a seek. */
    void move(RandomGenerator random, byte[] key) {
        int die = random.nextInt(at == null ? 2 : 8);
        boolean found;
        switch (die) {
            case 0 -> {
                at = map.ceilingKey(key);
                found = cursor.seek(key);
            }
            case 1 -> {
                at = map.floorKey(key);
                found = cursor.seekBack(key);
            }
            case 2, 3, 4 -> {
                at = map.higherKey(at);
                found = cursor.next();
            }
            default -> {
                at = map.lowerKey(at);
                found = cursor.previous();
            }
        }
        assertEquals(at != null, found);
        if (found) {
            assertArrayEquals(at, cursor.key());
            assertArrayEquals(map.get(at), cursor.value());
        }
    }

    void close() {
        cursor.close();
    }
}
