package io.carillon.cluster.replication.raft;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;

/**
 * Carries frames between the nodes that have a shard. It may lose, delay, repeat and reorder them:
 * what matters is sent again. The other side gives them to {@link RaftLog#received}.
 */
public interface RaftTransport {

    /**
     * Sends the frame, some time or never. Any thread, mostly the shard's loop, once per peer and
     * turn; must not block. It may wait for {@link #flush}, which comes soon. The frame is the
     * transport's own.
     */
    void send(NodeId to, ShardId shard, long generation, byte[] frame);

    /** What was sent so far on this thread may leave; costs nothing if that is nothing. */
    default void flush() {}
}
