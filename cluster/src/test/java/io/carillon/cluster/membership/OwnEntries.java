package io.carillon.cluster.membership;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** What a node of a test has to say. */
final class OwnEntries implements OwnPart {
    final ConcurrentSkipListMap<String, String> entries = new ConcurrentSkipListMap<>();

    @Override
    public Iterator<Map.Entry<String, byte[]>> entries() {
        return entries.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue().getBytes(UTF_8)))
                .iterator();
    }

    @Override
    public boolean has(String key) {
        return entries.containsKey(key);
    }
}
