package io.carillon.peers.publish;

import io.carillon.cluster.NodeId;
import io.carillon.peers.PeerMessage.Part;
import io.carillon.peers.PeerMessage.Publishing;
import io.carillon.shard.Publication;
import java.util.ArrayList;
import java.util.List;

/** A publication with all that one node is to do with it: it crosses once. On the cluster loop. */
final class Frame {
    private final NodeId to;
    private final Publication publication;
    private final List<Part> parts = new ArrayList<>();
    private final List<Errand> errands = new ArrayList<>();

    Frame(NodeId to, Publication publication) {
        this.to = to;
        this.publication = publication;
    }

    NodeId to() {
        return to;
    }

    Publication publication() {
        return publication;
    }

    void add(Errand errand) {
        errands.add(errand);
        parts.add(errand.part());
    }

    boolean isAwaited() {
        return errands.stream().anyMatch(Errand::isAwaited);
    }

    List<Errand> errands() {
        return errands;
    }

    Publishing message(long number, long sender) {
        return new Publishing(number, sender, publication, parts);
    }
}
