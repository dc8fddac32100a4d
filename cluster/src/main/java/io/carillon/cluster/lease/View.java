package io.carillon.cluster.lease;

import io.carillon.cluster.Incarnation;
import io.carillon.cluster.NodeId;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The nodes that one node counts on, itself among them: members whose links are up and which have
 * said what is wanted there. Each by the start that it is.
 *
 * @param size how many nodes the cluster is taken to have
 */
public record View(Map<NodeId, Incarnation> nodes, int size) {
    public View {
        nodes = Map.copyOf(nodes);
    }

    /** More than half of the cluster: two such views have a node in common. */
    boolean isMajority() {
        return 2 * nodes.size() > size;
    }

    /** Nobody is missing. */
    boolean isWhole() {
        return nodes.size() >= size;
    }

    boolean has(NodeId node, Incarnation incarnation) {
        return incarnation.equals(nodes.get(node));
    }

    Set<NodeId> names() {
        return nodes.keySet();
    }

    /** What stands for the nodes of the view towards others; never 0. */
    long word() {
        long word = 1;
        for (Map.Entry<NodeId, Incarnation> each : new TreeMap<>(nodes).entrySet()) {
            Incarnation start = each.getValue();
            word = mixed(word + each.getKey().name().hashCode());
            word = mixed(word + start.boot());
            word = mixed(word + start.random());
        }
        return word | 1;
    }

    private static long mixed(long bits) {
        long mixed = (bits ^ (bits >>> 31)) * 0x9E3779B97F4A7C15L;
        return mixed ^ (mixed >>> 29);
    }
}
