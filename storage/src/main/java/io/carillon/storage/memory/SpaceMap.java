package io.carillon.storage.memory;

import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The keys of one space. A cursor shares the map; the next write then goes to a copy. */
final class SpaceMap {
    private TreeMap<byte[], byte[]> map = new TreeMap<>(Arrays::compareUnsigned);
    private boolean shared;

    NavigableMap<byte[], byte[]> forReading() {
        return map;
    }

    /** The map as it is now, which no later write changes. */
    NavigableMap<byte[], byte[]> snapshot() {
        shared = true;
        return map;
    }

    NavigableMap<byte[], byte[]> forWriting() {
        if (shared) {
            map = new TreeMap<>(map);
            shared = false;
        }
        return map;
    }
}
