package io.carillon.peers;

import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Will;
import io.carillon.record.RetainedRow;
import io.carillon.session.SubscribeCommand;
import io.carillon.shard.Publication;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one node tells another. Immutable. */
public sealed interface PeerMessage {

    // From the node of a connection to the one that leads the shard of its client id.

    /**
     * A connection asks to be the one of its client id.
     *
     * @param connection its number on its node, by which it is answered
     */
    record Attach(
            long connection,
            String clientId,
            @Nullable String userName,
            boolean cleanStart,
            long sessionExpirySeconds,
            int receiveMaximum,
            @Nullable Will will)
            implements PeerMessage {}

    /** An attached connection has ended; see {@code SessionOwner.detach}. */
    record Detach(String clientId, long attachment, boolean dropWill, long sessionExpirySeconds)
            implements PeerMessage {}

    /** SUBSCRIBE of a durable session. */
    record ToSubscribe(String clientId, long attachment, SubscribeCommand command)
            implements PeerMessage {}

    /** Other packets of the client of a durable session, in order. */
    record ToSession(String clientId, long attachment, List<Packet> packets)
            implements PeerMessage {
        public ToSession {
            packets = List.copyOf(packets);
        }
    }

    /**
     * The connection takes no more for now, or takes packets again.
     *
     * @param congested which of both
     */
    record Flow(String clientId, long attachment, boolean congested) implements PeerMessage {}

    // From the leader to the node of the connection.

    /** The client is in. */
    record Attached(long connection, long attachment, boolean sessionPresent, boolean durable)
            implements PeerMessage {}

    /** The client is not let in. */
    record Refused(long connection, ReasonCode reason, String cause) implements PeerMessage {}

    /** Packets of the durable session, in the order in which the client must see them. */
    record ToClient(long connection, List<Packet> packets) implements PeerMessage {
        public ToClient {
            packets = List.copyOf(packets);
        }
    }

    /** The connection is to end; the shard has forgotten its attachment. */
    record Close(long connection, ReasonCode reason, String cause) implements PeerMessage {}

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
