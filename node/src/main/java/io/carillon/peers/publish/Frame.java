package io.carillon.peers.publish;

import io.carillon.cluster.NodeId;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.peers.PeerMessage.Pick;
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
    private final List<Integer> shards = new ArrayList<>();
    private final List<Pick> members = new ArrayList<>();
    private final List<Errand> errands = new ArrayList<>();
    private boolean transients;
    private boolean retained;

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

    void add(Errand errand) {
        switch (errand.purpose()) {
            case Errand.Purpose.Matching _ -> shards.add(errand.shard());
            case Errand.Purpose.Member(Pick pick, var _) -> members.add(pick);
            case Errand.Purpose.Retaining _ -> retained = true;
        }
        errands.add(errand);
    }

    void addTransients() {
        transients = true;
    }

    void addTransient(Pick pick) {
        members.add(pick);
    }

    /** True if something in it is not for a shard. */
    boolean hasTransients() {
        return transients || members.stream().anyMatch(each -> each.shard() == Pick.TRANSIENT);
    }

    /** Who waits for that. */
    void await(@Nullable Receipt waiting) {
        share = waiting;
    }

    boolean isAwaited() {
        return share != null || errands.stream().anyMatch(Errand::isAwaited);
    }

    List<Errand> errands() {
        return errands;
    }

    List<Pick> transientMembers() {
        return members.stream().filter(each -> each.shard() == Pick.TRANSIENT).toList();
    }

    /** What is not for a shard is done. */
    void done(ReasonCode outcome) {
        if (share != null) {
            share.done(outcome);
        }
    }

    @Nullable Receipt share() {
        return share;
    }

    Publishing message(long number) {
        return new Publishing(number, publication, shards, transients, members, retained);
    }
}
