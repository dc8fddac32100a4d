package io.carillon.shard;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** When sessions need attention next: a will to publish, a session to end. On the shard's loop. */
final class Deadlines {
    private record Deadline(long atMillis, String clientId) {}

    private final TreeSet<Deadline> order =
            new TreeSet<>(
                    Comparator.comparingLong(Deadline::atMillis).thenComparing(Deadline::clientId));
    private final Map<String, Deadline> byClient = new HashMap<>();

    /** Sets the one deadline of a client, or clears it with {@link Long#MAX_VALUE}. */
    void set(String clientId, long atMillis) {
        Deadline before = byClient.remove(clientId);
        if (before != null) {
            order.remove(before);
        }
        if (atMillis != Long.MAX_VALUE) {
            Deadline deadline = new Deadline(atMillis, clientId);
            byClient.put(clientId, deadline);
            order.add(deadline);
        }
    }

    /** Takes out one client whose deadline has come, or returns null. */
    @Nullable String poll(long nowMillis) {
        if (order.isEmpty() || order.first().atMillis() > nowMillis) {
            return null;
        }
        Deadline due = order.removeFirst();
        byClient.remove(due.clientId());
        return due.clientId();
    }
}
