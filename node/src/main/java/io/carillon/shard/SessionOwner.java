package io.carillon.shard;

import io.carillon.loop.AnyThread;
import io.carillon.mqtt.packet.Packet;
import io.carillon.session.SubscribeCommand;
import java.util.List;

/**
 * The shards as connections use them: who is attached, and the durable sessions. Calls post to the
 * shard of the client id and return at once; answers come through the {@code Outlet} of the attach
 * request.
 */
@AnyThread
public interface SessionOwner {
    /** Answered by {@code Outlet.attached} or {@code Outlet.refused}, unless the shard is gone. */
    void attach(AttachRequest request);

    /**
     * Ends an attachment; called once for each.
     *
     * @param dropWill true if the client said goodbye: its will is forgotten
     * @param sessionExpirySeconds replaces that of CONNECT, or -1 to keep it
     */
    void detach(String clientId, long attachment, boolean dropWill, long sessionExpirySeconds);

    /** SUBSCRIBE of a durable session. */
    void subscribe(String clientId, long attachment, SubscribeCommand command);

    /** Other packets of a durable session, in order. */
    void packets(String clientId, long attachment, List<Packet> packets);

    /** The client takes packets again after {@code Outlet.congested}. */
    void drained(String clientId, long attachment);

    /**
     * The connection has heard of {@code Outlet.leaderChanged}; what it tells next is for that one.
     */
    void leaderChangeSeen(String clientId, long attachment);

    /**
     * True if connections outlive the leader of their session: {@code Outlet.leaderChanged} comes.
     */
    boolean leadersChange();

    /** True while too much waits to become durable: publishers should pause. */
    boolean congested();
}
