package io.carillon.cluster.link;

import io.carillon.cluster.Incarnation;
import io.carillon.cluster.NodeId;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what a listener throws from the links. */
record CarefulListener(PeerListener listener) implements PeerListener {
    private static final Logger LOG = LoggerFactory.getLogger(CarefulListener.class);

    @Override
    public void up(NodeId peer, Incarnation incarnation) {
        guard(peer, () -> listener.up(peer, incarnation));
    }

    @Override
    public void down(NodeId peer, String reason) {
        guard(peer, () -> listener.down(peer, reason));
    }

    @Override
    public void returned(NodeId peer, List<Kept> messages) {
        guard(peer, () -> listener.returned(peer, messages));
    }

    private static void guard(NodeId peer, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.error("what was told about node {} was not taken", peer, e);
        }
    }
}
