package io.carillon.cluster.membership;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.cluster.NodeId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps what a follower is told, as the contract says. Written on one loop, read anywhere. */
final class View implements Follower {
    private final Map<NodeId, Map<String, String>> parts = new ConcurrentHashMap<>();
    private final Map<NodeId, Set<String>> told = new HashMap<>();
    volatile int batches;
    volatile int completions;

    @Override
    public void begin(NodeId owner) {
        told.put(owner, new HashSet<>());
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer, the loop
    public void changed(NodeId owner, Map<String, byte[]> put, Set<String> removed) {
        Map<String, String> part = part(owner);
        put.forEach((key, value) -> part.put(key, new String(value, UTF_8)));
        removed.forEach(part::remove);
        told.getOrDefault(owner, new HashSet<>()).addAll(put.keySet());
        batches++;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer, the loop
    public void complete(NodeId owner) {
        part(owner).keySet().retainAll(told.remove(owner));
        completions++;
    }

    /** A copy of what is known of that node. */
    Map<String, String> of(NodeId owner) {
        return new TreeMap<>(part(owner));
    }

    private Map<String, String> part(NodeId owner) {
        return parts.computeIfAbsent(owner, node -> new ConcurrentHashMap<>());
    }
}
