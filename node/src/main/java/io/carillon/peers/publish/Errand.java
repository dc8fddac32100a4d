package io.carillon.peers.publish;

import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.peers.PeerMessage.Part;
import io.carillon.shard.Parcel.Purpose;
import io.carillon.shard.Publication;
import io.carillon.shard.Receipt;
import org.jspecify.annotations.Nullable;

/**
 * The part of a publication that one shard is to store, or one node to hand to its transient
 * subscribers. On the cluster loop.
 */
final class Errand {
    private static final int OVERHEAD_BYTES = 128;

    private final Publication publication;
    private final Way way;
    private final Purpose purpose;
    private final @Nullable Receipt share;

    /** Its place on its way; 0 if it may be lost. */
    private long number;

    /** The frame that has it, or 0. */
    private long frame;

    private boolean given;

    Errand(Publication publication, Way way, Purpose purpose, @Nullable Receipt share) {
        this.publication = publication;
        this.way = way;
        this.purpose = purpose;
        this.share = share;
    }

    Way way() {
        return way;
    }

    Purpose purpose() {
        return purpose;
    }

    Publication publication() {
        return publication;
    }

    /** True if somebody waits for it. */
    boolean isAwaited() {
        return share != null;
    }

    int bytes() {
        return OVERHEAD_BYTES + publication.message().bytes();
    }

    long number() {
        return number;
    }

    void number(long place) {
        number = place;
    }

    /** What is sent. */
    Part part() {
        return new Part(way.shard(), purpose, number, way.first(), given);
    }

    void given(long inFrame) {
        given = true;
        frame = inFrame;
    }

    /** Nobody has it; somebody may have had it. */
    void back() {
        frame = 0;
    }

    boolean isIn(long candidate) {
        return frame == candidate;
    }

    @Nullable Receipt share() {
        return share;
    }

    void done(ReasonCode outcome) {
        if (share != null) {
            share.done(outcome);
        }
    }
}
