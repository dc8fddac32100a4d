package io.carillon.cluster.interest;

import io.carillon.cluster.NodeId;
import io.carillon.loop.Loop;
import java.util.function.ToLongFunction;

/**
 * What all parts of one node's {@link Interest} work with.
 *
 * @param prior what is under way by what was known before
 * @param touched asks for the end of this turn to be attended to
 */
record Surroundings(
        NodeId self,
        Loop loop,
        PeerStreams streams,
        SharedPages pages,
        WantsListener listener,
        InterestSettings settings,
        StringHash hash,
        Counters counters,
        PriorWork prior,
        Runnable touched,
        ToLongFunction<NodeId> owed) {

    /** How long the peer may still act on what it knows, though it is given up now. */
    long owedMillis(NodeId peer) {
        return owed.applyAsLong(peer);
    }

    /** False if there is no room for the message now. */
    boolean send(NodeId peer, Message message) {
        return streams.send(peer, MessageCodec.encode(message));
    }
}
