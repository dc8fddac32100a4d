package io.carillon.cluster.replication.raft;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.loop.Loop;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When the frames of a loop leave: once for all its groups where it has nothing else to do, so that
 * the network's thread is woken once; at once where other tasks would have to be waited for.
 */
final class Departures {
    private final RaftTransport transport;
    private final Set<Loop> waiting = ConcurrentHashMap.newKeySet();

    Departures(RaftTransport transport) {
        this.transport = transport;
    }

    /** Sends a frame of a group, as {@link RaftTransport#send}. On the group's loop. */
    void send(NodeId to, ShardId shard, long generation, byte[] frame) {
        transport.send(to, shard, generation, frame);
    }

    /** What was sent on this loop leaves soon. */
    void soon(Loop loop) {
        if (loop.pending() > 0) {
            transport.flush();
        } else if (waiting.add(loop)) {
            loop.atTurnEnd(() -> leave(loop));
        }
    }

    /** What waits leaves now; nothing if nothing does. On the loop. */
    void leave(Loop loop) {
        if (waiting.remove(loop)) {
            transport.flush();
        }
    }
}
