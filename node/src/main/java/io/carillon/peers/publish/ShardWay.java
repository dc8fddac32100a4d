package io.carillon.peers.publish;

import io.carillon.cluster.NodeId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is on its way to one shard: all that is not answered, in its order. While it is not certain
 * who leads the shard, and whether earlier errands are through, nothing is given: so no publication
 * overtakes another, whoever leads. On the cluster loop.
 */
final class ShardWay {
    private final Set<Errand> unanswered = new LinkedHashSet<>();
    private @Nullable NodeId leader;
    private boolean held;

    /** Whom errands are given to now, or null while they have to wait. */
    @Nullable NodeId open() {
        return held ? null : leader;
    }

    /** Who leads, whether errands are given or not. */
    @Nullable NodeId leader() {
        return leader;
    }

    void leader(@Nullable NodeId next) {
        leader = next;
    }

    /** Gives nothing until {@link #release}. */
    void hold() {
        held = true;
    }

    void release() {
        held = false;
    }

    boolean isHeld() {
        return held;
    }

    void add(Errand errand) {
        unanswered.add(errand);
    }

    /** False if it was answered before. */
    boolean remove(Errand errand) {
        return unanswered.remove(errand);
    }

    List<Errand> unanswered() {
        return List.copyOf(unanswered);
    }
}
