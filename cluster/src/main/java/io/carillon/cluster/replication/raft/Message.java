package io.carillon.cluster.replication.raft;

import io.microraft.model.message.RaftMessage;

/** What replicas of a shard say to each other. */
sealed interface Message {

    /**
     * One of Raft's.
     *
     * @param lastLogIndex with a refusal of entries: where the sender's log ends, so that the
     *     leader need not find it step by step; otherwise 0
     */
    record Raft(RaftMessage message, long lastLogIndex) implements Message {}

    /**
     * A replica asks its leader for the next part of the state.
     *
     * @param transfer the leader's number of the transfer, 0 to begin one
     * @param part from 0
     */
    record Fetch(int term, long transfer, int part) implements Message {}

    /**
     * A part of the state.
     *
     * @param index of the last entry that the state contains
     * @param indexTerm that entry's term
     * @param last true if no part follows
     * @param rows see {@link StateRows}
     */
    record Part(
            int term, long transfer, int part, long index, int indexTerm, boolean last, byte[] rows)
            implements Message {}
}
