package io.carillon.peers.publish;

import io.carillon.cluster.NodeId;
import io.carillon.peers.PeerMessage.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All ways of a node: one to each shard, wherever that is led, and one to the transient subscribers
 * of each other node. A node's way is kept when the node goes, for its numbers: bounded by the
 * names of nodes. On the cluster loop.
 */
final class WayBook {
    private final List<Way> toShards = new ArrayList<>();
    private final Map<NodeId, Way> toNodes = new LinkedHashMap<>();

    void addShard(@Nullable NodeId leader) {
        toShards.add(new Way(toShards.size(), leader));
    }

    Way toShard(int shard) {
        return toShards.get(shard);
    }

    Way toNode(NodeId node) {
        return toNodes.computeIfAbsent(node, to -> new Way(Part.TRANSIENTS, to));
    }

    /** Those on which an errand was not taken. */
    List<Way> refused() {
        List<Way> refused = new ArrayList<>();
        toShards.stream().filter(Way::isRefused).forEach(refused::add);
        toNodes.values().stream().filter(Way::isRefused).forEach(refused::add);
        return refused;
    }
}
