package io.carillon.peers.publish;

import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.peers.PeerMessage.Part;
import io.carillon.shard.Parcel.Purpose;
import io.carillon.shard.Publication;
import io.carillon.shard.Receipt;
import org.jspecify.annotations.Nullable;

/** The part of a publication that one shard is to store. On the cluster loop. */
final class Errand {
    private static final int OVERHEAD_BYTES = 128;

    private final Publication publication;
    private final int shard;
    private final Purpose purpose;
    private final @Nullable Receipt share;

    /** Its place on the way to its shard; 0 if it may be lost. */
    private long number;

    /** The frame that has it, or 0. */
    private long frame;

    private boolean given;

    Errand(Publication publication, int shard, Purpose purpose, @Nullable Receipt share) {
        this.publication = publication;
        this.shard = shard;
        this.purpose = purpose;
        this.share = share;
    }

    int shard() {
        return shard;
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

    /**
     * What is sent.
     *
     * @param first the first number on its way that is not answered
     */
    Part part(long first) {
        return new Part(shard, purpose, number, first, given);
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

    void done(ReasonCode outcome) {
        if (share != null) {
            share.done(outcome);
        }
    }
}
