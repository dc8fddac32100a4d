package io.carillon.cluster.link;

import io.carillon.cluster.Incarnation;
import io.carillon.cluster.NodeId;
import java.util.List;

/** Is told about peers. On the links' loop; never blocks. */
public interface PeerListener {

    /** Messages reach the peer from now on. */
    void up(NodeId peer, Incarnation incarnation);

    /** The peer does not get messages any more; open calls have failed. It is dialled again. */
    void down(NodeId peer, String reason);

    /**
     * Kept messages that this start of the peer never said it was done with; it has ended, or the
     * peer was given up. The peer may have acted on any of them. In the order of their sending;
     * before {@link #up} for the next start, with what was taken while the peer was down.
     */
    void returned(NodeId peer, List<Kept> messages);
}
