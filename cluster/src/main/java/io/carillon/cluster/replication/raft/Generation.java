package io.carillon.cluster.replication.raft;

import io.carillon.cluster.Voter;
import java.util.HashSet;
import java.util.List;

/**
 * Who votes in a shard's group. A group never changes its voters; another generation takes over
 * from it.
 *
 * @param number from 1; grows with each change of the voters
 * @param voters one, two, three or five replicas; the order is part of the generation. Two survive
 *     no loss; of four, two could commit what the other two don't know
 */
public record Generation(long number, List<Voter> voters) {
    public Generation {
        voters = List.copyOf(voters);
        if (number < 1) {
            throw new IllegalArgumentException("generations count from 1, not " + number);
        }
        int size = voters.size();
        if (size < 1 || size > 5 || size == 4) {
            throw new IllegalArgumentException(
                    "a shard has one, two, three or five replicas, not " + size);
        }
        if (new HashSet<>(voters.stream().map(Voter::node).toList()).size() < size) {
            throw new IllegalArgumentException("a node is named twice: " + voters);
        }
    }

    /** The place of the replica among the voters, or -1. */
    int seatOf(Voter replica) {
        return voters.indexOf(replica);
    }

    /**
     * A number that differs for other voters: messages of a group that has the same number but was
     * put together from others are not taken.
     */
    int tag() {
        int tag = Long.hashCode(number);
        for (Voter voter : voters) {
            tag = 31 * tag + voter.node().name().hashCode();
            tag = 31 * tag + Long.hashCode(voter.disk().high());
            tag = 31 * tag + Long.hashCode(voter.disk().low());
        }
        return tag;
    }
}
