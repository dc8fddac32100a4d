package io.carillon.cluster.membership;

import io.carillon.cluster.NodeId;
import java.util.Map;
import java.util.Set;

/**
 * Hears what the other nodes' parts of a {@link SharedMap} say. On the map's loop.
 *
 * <p>It is told the latest values, not each change. Changes can be lost under load, and those of
 * different keys are not in order; {@link SharedMap#read} mends that.
 */
public interface Follower {

    /**
     * A node's whole part is about to be told, since it came or {@link SharedMap#read} was asked.
     */
    void begin(NodeId owner);

    /**
     * Entries of that node. A batch; keys may come again.
     *
     * @param put latest values by key; the arrays are not to be changed
     * @param removed keys that are gone; none of them is in {@code put}
     */
    void changed(NodeId owner, Map<String, byte[]> put, Set<String> removed);

    /** The whole part has been told: what was not told since {@link #begin} is not there. */
    void complete(NodeId owner);
}
