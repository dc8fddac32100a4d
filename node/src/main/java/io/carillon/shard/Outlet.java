package io.carillon.shard;

import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.ReasonCode;
import java.util.List;

/**
 * A connection, as its shard sees it. The shard calls on its loop; the connection carries the calls
 * to its event loop, where they arrive in order. No call blocks or throws, also when the connection
 * is gone.
 */
public interface Outlet {
    /** The answer to an attach: the client is in. Comes before any {@link #send}. */
    void attached(Attached attached);

    /**
     * The answer to an attach: the client is not let in.
     *
     * <p>With {@code USE_ANOTHER_SERVER} it says that this node doesn't lead the shard; also later,
     * to a connection that was let in: nothing more comes from here, and it is to announce itself
     * to the next leader. Never on a node that stands alone.
     */
    void refused(ReasonCode reason, String cause);

    /** Packets of the durable session, in the order in which the client must see them. */
    void send(List<Packet> packets);

    /** Ends the connection with that reason; the shard has forgotten the attachment already. */
    void close(ReasonCode reason, String cause);

    /**
     * True while more waits to be written to the client than the limit allows. The connection calls
     * {@link Shards#drained} when that ends. Any thread.
     */
    boolean congested();

    /**
     * Another leader has taken the connection over, and knows only what is durable: what follows is
     * from it. Never on a node that stands alone.
     */
    default void leaderChanged() {}
}
