package io.carillon.cluster.replication.raft;

import io.carillon.cluster.NodeId;

/** What happens once in the life of a group. On the shard's loop. */
interface Milestones {

    /** No record of it will be applied any more, and that is on the disk. */
    void sealed(Generation next);

    /** Something was committed in it, so that nobody needs the generations before. */
    void inForce();

    /** A replica asks to be filled, but the state is the next generation's already. */
    void cannotFill(NodeId asking);
}
