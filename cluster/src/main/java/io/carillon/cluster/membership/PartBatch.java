package io.carillon.cluster.membership;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is written to a part at once: the latest value, or the removal, of each key. */
final class PartBatch {
    private final SharedMapSettings settings;
    private final Map<String, byte[]> put = new HashMap<>();
    private final Set<String> removed = new HashSet<>();
    private long bytes;

    PartBatch(SharedMapSettings settings) {
        this.settings = settings;
    }

    boolean hasRoom() {
        return size() < settings.batchEntriesMax() && bytes < settings.batchBytesMax();
    }

    /** Adds a value, or with null a removal; it takes the place of an earlier one of the key. */
    void add(String key, byte @Nullable [] value) {
        bytes += key.length();
        if (value == null) {
            put.remove(key);
            removed.add(key);
        } else {
            removed.remove(key);
            put.put(key, value);
            bytes += value.length;
        }
    }

    boolean isEmpty() {
        return size() == 0;
    }

    int size() {
        return put.size() + removed.size();
    }

    Map<String, byte[]> put() {
        return put;
    }

    Set<String> removed() {
        return removed;
    }
}
