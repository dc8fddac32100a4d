package io.carillon.cluster.interest;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.interest.Message.Applied;
import io.carillon.cluster.interest.Message.Position;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has been applied in this turn and is to be told to the speakers at its end, the last version
 * of each owner only. It waits for what was begun before it was applied, but not for ever; what is
 * applied meanwhile waits behind it. One that is lost is made up for: who misses it tells a digest
 * again. On the loop.
 */
final class Acknowledgements {
    private final Surroundings here;
    private Map<NodeId, Map<Owner, Position>> turn = new LinkedHashMap<>();

    /** What waits for prior work; null if nothing does. */
    private @Nullable Map<NodeId, Map<Owner, Position>> waiting;

    Acknowledgements(Surroundings here) {
        this.here = here;
    }

    void add(NodeId speaker, Reign reign, long version) {
        turn.computeIfAbsent(speaker, _ -> new LinkedHashMap<>())
                .put(reign.owner(), new Position(reign, version));
        here.touched().run();
    }

    /** Tells a speaker whose reign is over of the later one; confirms nothing of that. */
    void refer(NodeId speaker, Reign later) {
        turn.computeIfAbsent(speaker, _ -> new LinkedHashMap<>())
                .putIfAbsent(later.owner(), new Position(later, 0));
        here.touched().run();
    }

    /**
     * The stream to the peer is gone: what it is told from now on begins with the next one, where
     * this would confirm what may be forgotten by then.
     */
    void forget(NodeId peer) {
        turn.remove(peer);
        if (waiting != null) {
            waiting.remove(peer);
        }
    }

    void send() {
        if (waiting == null && !turn.isEmpty()) {
            Map<NodeId, Map<Owner, Position>> due = turn;
            waiting = due;
            turn = new LinkedHashMap<>();
            here.prior().whenDone(() -> send(due));
            if (waiting != null) {
                here.loop().schedule(priorMillisMax(), () -> send(due));
            }
        }
    }

    /**
     * Half of what a barrier waits: a shard that nobody leads keeps what is retained there under
     * way, and peers are not to take this node for stuck by that.
     */
    private long priorMillisMax() {
        return here.settings().barrierMillisMax() / 2;
    }

    @SuppressWarnings("ReferenceEquality") // these, and not others that say the same
    private void send(Map<NodeId, Map<Owner, Position>> due) {
        if (due != waiting) {
            return; // sent already
        }
        waiting = null;
        due.forEach(
                (speaker, positions) ->
                        here.send(speaker, new Applied(List.copyOf(positions.values()))));
        if (!turn.isEmpty()) {
            here.touched().run();
        }
    }
}
