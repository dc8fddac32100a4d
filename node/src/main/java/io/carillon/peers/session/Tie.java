package io.carillon.peers.session;

import io.carillon.cluster.NodeId;
import io.carillon.mqtt.packet.Packet;
import io.carillon.session.SubscribeCommand;
import io.carillon.shard.Attached;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way from a connection to the leader of its shard, and back, until one of them is replaced. On
 * the cluster loop. What is not taken is lost, and with it the tie: another one is needed.
 */
sealed interface Tie permits LocalTie, RemoteTie {
    NodeId leader();

    /** Asks to be let in; false if that is not taken. */
    boolean attach();

    /** Announces a connection that was let in before; false if that is not taken. */
    boolean reattach();

    boolean subscribe(SubscribeCommand command);

    boolean packets(List<Packet> packets);

    /** The client takes no more for now, or takes packets again. */
    boolean flow(boolean congested);

    /** The connection has ended; the leader answers once that is durable. */
    boolean detach(boolean dropWill, long sessionExpirySeconds);

    /**
     * Nothing comes through any more once this returns.
     *
     * @return the answer by which the connection was let in through this tie, if it was
     */
    @Nullable Attached end();
}
