package io.carillon.net;

import io.carillon.loop.OnEventLoop;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Unsubscribe;
import io.carillon.session.SubscribeCommand;

/** The way from a connection to its session: here, or in a shard. */
@OnEventLoop
sealed interface SessionLink permits TransientLink, DurableLink {
    /** SUBSCRIBE of the client. */
    void fromClient(SubscribeCommand command);

    void unsubscribe(Unsubscribe packet);

    /** PUBACK, PUBREC, PUBREL or PUBCOMP of the client. */
    void answer(Packet packet);

    /** No more packets in this turn. */
    void turnEnded();

    /** The client takes packets again. */
    void writable();

    /**
     * The connection is closed; called once.
     *
     * @param dropWill true if the client said goodbye: its will is forgotten
     * @param sessionExpirySeconds replaces that of CONNECT, or -1 to keep it
     */
    void ended(boolean dropWill, long sessionExpirySeconds);
}
