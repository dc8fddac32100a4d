package io.carillon.peers;

import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.record.Origin;
import io.carillon.record.RetainedRow;
import io.carillon.shard.Parcel;
import io.carillon.shard.Publication;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one node tells another. Immutable. */
public sealed interface PeerMessage
        permits SessionMessage,
                PeerMessage.Publishing,
                PeerMessage.Stored,
                PeerMessage.AllStored,
                PeerMessage.AskRetained,
                PeerMessage.RetainedRows {

    // Publications.

    /**
     * A publication for one node: for shards that it leads, for its transient subscribers, or both.
     * It crosses once, whatever it is for.
     *
     * @param receipt the number under which {@link Stored} answers, or 0 if nobody waits
     * @param sender what the sending start of a node calls itself; see {@link Parcel.Order}
     */
    record Publishing(long receipt, long sender, Publication publication, List<Part> parts)
            implements PeerMessage {
        public Publishing {
            parts = List.copyOf(parts);
        }
    }

    /**
     * What one shard is to do with a publication, or the node for its transient subscribers.
     *
     * @param shard the shard, or {@link #TRANSIENTS}
     * @param number among all that the sender sends there; 0 if it may be lost
     * @param first the first number that is not answered yet
     * @param again true if it was sent before, and may be there
     */
    record Part(int shard, Parcel.Purpose purpose, long number, long first, boolean again) {
        /** In place of a shard: the transient subscribers of the node itself. */
        public static final int TRANSIENTS = -1;

        /** Its place among what the sender sends there, or null if it may be lost. */
        public Parcel.@Nullable Order order(long sender) {
            return number == 0 ? null : new Parcel.Order(sender, number, first);
        }

        /**
         * The parcel that the shard gets. Its publication has a number by which the shard knows it
         * again: that of an exactly-once session, whoever sends it, or else that of this way. No
         * other way has it: it goes along if a member of a shared subscription has left, and the
         * message is sent on to another shard, which counts what comes by its own way.
         */
        public Parcel parcel(Publication publication, long sender) {
            Parcel.Order order = order(sender);
            boolean named = order == null || publication.origin() != null;
            return new Parcel(
                    named
                            ? publication
                            : publication.with(new Origin(source(sender), number, again)),
                    purpose,
                    order);
        }

        /** What numbers this way: below 0, and, but by luck, like nothing else that numbers. */
        private long source(long sender) {
            return sender + (shard + 1) * 0x9E3779B97F4A7C15L | Long.MIN_VALUE;
        }
    }

    /**
     * What became of a {@link Publishing}.
     *
     * @param outcome the worst of all parts
     * @param elsewhere the shards that the node does not lead, or {@link Part#TRANSIENTS} if
     *     something before it is missing: theirs did not become anything
     */
    record Stored(long receipt, ReasonCode outcome, List<Integer> elsewhere)
            implements PeerMessage {
        public Stored {
            elsewhere = List.copyOf(elsewhere);
        }
    }

    /** All of these {@link Publishing}s are stored, by their receipts. */
    record AllStored(List<Long> receipts) implements PeerMessage {
        public AllStored {
            receipts = List.copyOf(receipts);
        }
    }

    // Retained messages.

    /**
     * Asks for a page of the retained messages that match.
     *
     * @param shards those to read, the next one first; as many as the asked node leads are read
     * @param after the topic behind which to go on in the first of them, or null
     */
    record AskRetained(String filter, List<Integer> shards, @Nullable String after)
            implements PeerMessage {
        public AskRetained {
            shards = List.copyOf(shards);
        }
    }

    /**
     * A page of retained messages.
     *
     * @param shards those that are left to read; all that were asked for if the node leads not even
     *     the first
     * @param after as in {@link AskRetained}, for what is left
     */
    record RetainedRows(List<RetainedRow> rows, List<Integer> shards, @Nullable String after)
            implements PeerMessage {
        public RetainedRows {
            rows = List.copyOf(rows);
            shards = List.copyOf(shards);
        }
    }
}
