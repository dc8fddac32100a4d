package io.carillon.peers;

import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.record.RetainedRow;
import io.carillon.shard.Publication;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one node tells another. Immutable. */
public sealed interface PeerMessage
        permits SessionMessage,
                PeerMessage.Publishing,
                PeerMessage.Stored,
                PeerMessage.AskRetained,
                PeerMessage.RetainedRows {

    // Publications.

    /**
     * A publication for one node: for shards that it leads, for its transient subscribers, or both.
     * It crosses once, whatever it is for.
     *
     * @param receipt the number under which {@link Stored} answers, or 0 if nobody waits
     * @param shards the shards whose durable sessions get it
     * @param transients true if connected transient subscribers of that node get it
     * @param members the shared subscriptions of which one member there gets it
     * @param retained true if the shard of its topic sets or clears it
     */
    record Publishing(
            long receipt,
            Publication publication,
            List<Integer> shards,
            boolean transients,
            List<Pick> members,
            boolean retained)
            implements PeerMessage {
        public Publishing {
            shards = List.copyOf(shards);
            members = List.copyOf(members);
        }
    }

    /**
     * One member of a shared subscription.
     *
     * @param sharedFilter the group's name included
     * @param shard the shard of which it is a durable session, or {@link #TRANSIENT}
     */
    record Pick(String sharedFilter, int shard) {
        /** For a transient session of the node. */
        public static final int TRANSIENT = -1;
    }

    /**
     * What became of a {@link Publishing}.
     *
     * @param outcome the worst of all parts
     * @param elsewhere the shards that the node does not lead: theirs did not become anything
     */
    record Stored(long receipt, ReasonCode outcome, List<Integer> elsewhere)
            implements PeerMessage {
        public Stored {
            elsewhere = List.copyOf(elsewhere);
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
