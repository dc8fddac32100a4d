package io.carillon.metrics;

import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Whether the node is ready to serve clients, and if not, why. A reason is set and cleared by
 * whoever knows of it, under a name of its own. Any thread.
 */
public final class Readiness {
    private final ConcurrentSkipListMap<String, String> reasons = new ConcurrentSkipListMap<>();

    /** Not ready for that reason, until {@link #ready} is called with the same name. */
    public void notReady(String name, String reason) {
        reasons.put(name, reason);
    }

    /** That reason is no more. */
    public void ready(String name) {
        reasons.remove(name);
    }

    /** Why the node is not ready; empty if it is. */
    public List<String> reasons() {
        return List.copyOf(reasons.values());
    }
}
