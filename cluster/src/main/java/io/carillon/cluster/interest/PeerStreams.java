package io.carillon.cluster.interest;

import io.carillon.cluster.NodeId;

/**
 * The ways to the other nodes. Between {@link Interest#peerUp} and {@link Interest#peerDown} what
 * is sent should arrive once and in order, before anything that is sent after the next {@code
 * peerUp}, or not at all then. If it does not, that is noticed and mended, late.
 */
@FunctionalInterface
public interface PeerStreams {
    /**
     * Puts a message on the stream to the peer. On the loop; never blocks.
     *
     * @return false if there is no room for it now, or no stream: it is not sent
     */
    boolean send(NodeId peer, byte[] message);
}
