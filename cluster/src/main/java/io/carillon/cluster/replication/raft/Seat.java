package io.carillon.cluster.replication.raft;

import io.microraft.RaftEndpoint;

/**
 * A voter as MicroRaft knows it.
 *
 * @param number the place in the generation's list
 */
record Seat(int number) implements RaftEndpoint {
    @Override
    public Object getId() {
        return number;
    }
}
