package io.carillon.peers.publish;

import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.peers.PeerMessage.Pick;
import io.carillon.record.Origin;
import io.carillon.shard.Publication;
import io.carillon.shard.Receipt;
import io.carillon.topic.Target;
import io.carillon.topic.Targets;
import org.jspecify.annotations.Nullable;

/** The part of a publication that one shard is to store. On the cluster loop. */
final class Errand {
    private static final int OVERHEAD_BYTES = 128;

    /** What the shard is to do with it. */
    sealed interface Purpose {
        /**
         * Its durable sessions that match get it.
         *
         * @param targets as they were matched, if this node led the shard then
         */
        record Matching(@Nullable Targets targets) implements Purpose {}

        /**
         * One of its durable sessions gets it, as a member of a shared subscription.
         *
         * @param target the member, if this node led the shard when it was picked
         */
        record Member(Pick pick, @Nullable Target target) implements Purpose {}

        /** It becomes the retained message of its topic. */
        record Retaining() implements Purpose {}
    }

    private final Publication publication;
    private final int shard;
    private final Purpose purpose;
    private final @Nullable Receipt share;

    /** The frame that has it, or 0. */
    private long frame;

    private boolean tried;

    Errand(Publication publication, int shard, Purpose purpose, @Nullable Receipt share) {
        this.publication = publication;
        this.shard = shard;
        this.purpose = purpose;
        this.share = share;
    }

    int shard() {
        return shard;
    }

    /** What to do; what was matched counts for the first try only. */
    Purpose purpose() {
        return purpose;
    }

    /** True if somebody waits for it. */
    boolean isAwaited() {
        return share != null;
    }

    boolean wasTried() {
        return tried;
    }

    /** What is sent; once it was tried, it may be there already. */
    Publication publication() {
        Origin origin = publication.origin();
        return tried && origin != null
                ? publication.with(new Origin(origin.session(), origin.number(), true))
                : publication;
    }

    int bytes() {
        return OVERHEAD_BYTES + publication.message().bytes();
    }

    void given(long inFrame) {
        tried = true;
        frame = inFrame;
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
