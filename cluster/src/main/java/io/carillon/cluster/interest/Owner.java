package io.carillon.cluster.interest;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;

/** Who wants strings. At most one node speaks for an owner at a time, under an epoch. */
public sealed interface Owner {

    /** What goes with the node: it alone speaks for itself, under the number of its start. */
    record OfNode(NodeId node) implements Owner {
        @Override
        public String toString() {
            return "node " + node;
        }
    }

    /** What stays when leaders change: the shard's leader speaks for it, under its epoch. */
    record OfShard(ShardId shard) implements Owner {
        @Override
        public String toString() {
            return shard.toString();
        }
    }
}
