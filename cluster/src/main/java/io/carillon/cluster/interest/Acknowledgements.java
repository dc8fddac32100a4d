package io.carillon.cluster.interest;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.interest.Message.Applied;
import io.carillon.cluster.interest.Message.Position;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What has been applied in this turn and is to be told to the speakers at its end, the last version
 * of each owner only. One that is lost is made up for: who misses it tells a digest again. On the
 * loop.
 */
final class Acknowledgements {
    private final Surroundings here;
    private final Map<NodeId, Map<Owner, Position>> turn = new LinkedHashMap<>();

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

    void send() {
        turn.forEach(
                (speaker, positions) ->
                        here.send(speaker, new Applied(List.copyOf(positions.values()))));
        turn.clear();
    }
}
