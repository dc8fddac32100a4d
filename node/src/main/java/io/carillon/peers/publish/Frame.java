package io.carillon.peers.publish;

import io.carillon.cluster.NodeId;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.peers.PeerMessage.Part;
import io.carillon.peers.PeerMessage.Publishing;
import io.carillon.shard.Publication;
import io.carillon.shard.Receipt;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A publication with all that one node is to do with it: it crosses once. On the cluster loop. */
final class Frame {
    private final NodeId to;
    private final Publication publication;
    private final List<Part> parts = new ArrayList<>();
    private final List<Errand> errands = new ArrayList<>();
    private final List<String> members = new ArrayList<>();
    private boolean transients;

    /** Who waits for what is not for a shard. */
    private @Nullable Receipt share;

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

    /**
     * @param part what is sent of the errand
     */
    void add(Errand errand, Part part) {
        errands.add(errand);
        parts.add(part);
    }

    void addTransients() {
        transients = true;
    }

    void addMember(String sharedFilter) {
        members.add(sharedFilter);
    }

    /** True if something in it is not for a shard. */
    boolean hasTransients() {
        return transients || !members.isEmpty();
    }

    /** Who waits for that. */
    void await(@Nullable Receipt waiting) {
        share = waiting;
    }

    @Nullable Receipt share() {
        return share;
    }

    boolean isAwaited() {
        return share != null || errands.stream().anyMatch(Errand::isAwaited);
    }

    List<Errand> errands() {
        return errands;
    }

    List<String> members() {
        return members;
    }

    /** What is not for a shard is done. */
    void done(ReasonCode outcome) {
        if (share != null) {
            share.done(outcome);
        }
    }

    Publishing message(long number, long sender) {
        return new Publishing(number, sender, publication, parts, transients, members);
    }
}
