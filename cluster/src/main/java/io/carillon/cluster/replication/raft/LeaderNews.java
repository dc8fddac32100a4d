package io.carillon.cluster.replication.raft;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells the listener who leads a group, each time that changes. On the shard's loop. */
final class LeaderNews {
    private final GroupId group;
    private final Generation generation;
    private final GroupNode node;
    private final LeaderListener listener;
    private @Nullable Told told;

    /** What was told last. */
    private record Told(Epoch epoch, boolean leads, @Nullable NodeId leader, Set<NodeId> inSync) {}

    LeaderNews(GroupId group, Generation generation, GroupNode node, LeaderListener listener) {
        this.group = group;
        this.generation = generation;
        this.node = node;
        this.listener = listener;
    }

    /**
     * At the end of a turn.
     *
     * @param led the epoch in which the machine leads, or null
     */
    void turnEnded(@Nullable Epoch led) {
        Told last = told;
        if (led != null) {
            if (last == null || !last.leads() || !last.epoch().equals(led)) {
                tell(leads(led));
            }
            return;
        }
        Seat seat = node.leads() ? null : node.leader(); // its machine does not lead yet
        tell(
                new Told(
                        new Epoch(group.generation(), node.term()),
                        false,
                        seat == null ? null : nodeOf(seat),
                        Set.of()));
    }

    /** Now and then: who is in sync changes with every message, and need not be told as often. */
    void refresh(@Nullable Epoch led) {
        if (led != null) {
            tell(leads(led));
        }
    }

    private Told leads(Epoch epoch) {
        Set<NodeId> inSync = new HashSet<>();
        node.inSync().forEach(seat -> inSync.add(nodeOf(seat)));
        return new Told(epoch, true, nodeOf(node.self()), inSync);
    }

    private void tell(Told news) {
        if (news.equals(told)) {
            return;
        }
        told = news;
        if (news.leads()) {
            listener.leads(group.shard(), news.epoch(), generation.voters(), news.inSync());
        } else {
            listener.follows(group.shard(), news.epoch(), news.leader(), generation.voters());
        }
    }

    private NodeId nodeOf(Seat seat) {
        return generation.voters().get(seat.number()).node();
    }
}
