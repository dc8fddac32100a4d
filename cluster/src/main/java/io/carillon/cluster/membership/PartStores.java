package io.carillon.cluster.membership;

import io.carillon.cluster.NodeId;
import java.util.Set;

/** The parts of one shared map, by the node that writes them. Any thread; no call blocks. */
interface PartStores {

    PartStore of(NodeId owner);

    /** All nodes that have or had a part, whether they are there or not. */
    Set<NodeId> owners();

    /**
     * Runs the task, on a thread of the cluster's, whenever entries of that part may have been
     * lost: more nodes died at once than there are copies, or somebody took its owner for gone.
     */
    void watch(NodeId owner, Runnable lost);
}
