package io.carillon.peers;

import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Will;
import io.carillon.session.SubscribeCommand;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What passes between the node of a connection and the one that leads the shard of its client id.
 * Both name the connection by a number of its node, which is new each time that the connection is
 * announced to a leader: what still comes under an older one is void.
 */
public sealed interface SessionMessage extends PeerMessage {
    long connection();

    /** To the leader. */
    sealed interface ToLeader extends SessionMessage {}

    /** To the node of the connection. */
    sealed interface ToConnection extends SessionMessage {}

    /** A connection asks to be the one of its client id; see {@code AttachRequest}. */
    record Attach(
            long connection,
            String clientId,
            @Nullable String userName,
            boolean cleanStart,
            long sessionExpirySeconds,
            int receiveMaximum,
            @Nullable Will will,
            long caller)
            implements ToLeader {}

    /** A connection that another leader attached announces itself; see {@code ReattachRequest}. */
    record Reattach(
            long connection,
            String clientId,
            @Nullable String userName,
            long attachment,
            boolean durable,
            boolean stored,
            int receiveMaximum)
            implements ToLeader {}

    /**
     * An attached connection has ended; see {@code SessionOwner.detach}. Answered by {@link
     * Detached}, or {@link Refused}.
     */
    record Detach(long connection, boolean dropWill, long sessionExpirySeconds)
            implements ToLeader {}

    /** SUBSCRIBE of a durable session. */
    record ToSubscribe(long connection, SubscribeCommand command) implements ToLeader {}

    /** Other packets of the client of a durable session, in order. */
    record ToSession(long connection, List<Packet> packets) implements ToLeader {
        public ToSession {
            packets = List.copyOf(packets);
        }
    }

    /**
     * The connection takes no more for now, or takes packets again.
     *
     * @param congested which of both
     */
    record Flow(long connection, boolean congested) implements ToLeader {}

    /** The client is in. */
    record Attached(long connection, long attachment, boolean sessionPresent, boolean durable)
            implements ToConnection {}

    /**
     * The client is not let in; with {@code USE_ANOTHER_SERVER}: nothing more comes from this node,
     * which may be because it doesn't lead, and the connection is to announce itself again.
     */
    record Refused(long connection, ReasonCode reason, String cause) implements ToConnection {}

    /** Packets of the durable session, in the order in which the client must see them. */
    record ToClient(long connection, List<Packet> packets) implements ToConnection {
        public ToClient {
            packets = List.copyOf(packets);
        }
    }

    /** That the connection has ended is durable. */
    record Detached(long connection) implements ToConnection {}

    /** The connection is to end. */
    record Close(long connection, ReasonCode reason, String cause) implements ToConnection {}
}
