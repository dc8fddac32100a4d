package io.carillon.peers.publish;

import io.carillon.cluster.NodeId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is on its way to one shard, or to the transient subscribers of one node: all that is not
 * answered, in its order and numbered without gaps. While nobody takes it, it waits; then all of it
 * goes again from the first on. On the cluster loop.
 */
final class Way {
    private final int shard;
    private final Set<Errand> unanswered = new LinkedHashSet<>();
    private @Nullable NodeId leader;
    private int holds;
    private boolean refused;
    private long lastNumber;

    /**
     * @param shard its number, or {@link io.carillon.peers.PeerMessage.Part#TRANSIENTS}
     * @param leader who takes errands now
     */
    Way(int shard, @Nullable NodeId leader) {
        this.shard = shard;
        this.leader = leader;
    }

    int shard() {
        return shard;
    }

    /** Whom errands are given to now, or null while they have to wait. */
    @Nullable NodeId open() {
        return holds > 0 || refused ? null : leader;
    }

    /** Who leads the shard, or is the node, whether errands are given or not. */
    @Nullable NodeId leader() {
        return leader;
    }

    void leader(@Nullable NodeId next) {
        leader = next;
        refused = false;
    }

    /** Gives nothing until as many calls of {@link #release}. */
    void hold() {
        holds++;
    }

    void release() {
        holds--;
    }

    /** Gives nothing until the next try: an errand was not taken. */
    void refuse() {
        refused = true;
    }

    /** True if a try is due. */
    boolean isRefused() {
        return refused;
    }

    void tryAgain() {
        refused = false;
    }

    void add(Errand errand) {
        errand.number(++lastNumber);
        unanswered.add(errand);
    }

    /** False if it was answered before. */
    boolean remove(Errand errand) {
        return unanswered.remove(errand);
    }

    /** The number of the first that is not answered; of the next one if all are. */
    long first() {
        return unanswered.isEmpty() ? lastNumber + 1 : unanswered.iterator().next().number();
    }

    List<Errand> unanswered() {
        return List.copyOf(unanswered);
    }
}
