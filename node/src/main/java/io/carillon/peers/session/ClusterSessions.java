package io.carillon.peers.session;

import io.carillon.cluster.NodeId;
import io.carillon.loop.AnyThread;
import io.carillon.loop.Loop;
import io.carillon.mqtt.packet.Packet;
import io.carillon.peers.Peers;
import io.carillon.peers.SessionMessage;
import io.carillon.peers.ShardLeaders;
import io.carillon.session.SubscribeCommand;
import io.carillon.shard.AttachRequest;
import io.carillon.shard.SessionOwner;
import io.carillon.shard.Shards;
import java.util.List;

/**
 * The sessions of a cluster, as the connections of this node see them; and the shards of this node,
 * as the connections of the others do.
 *
 * <p>All is decided on the cluster loop. Calls of connections are posted there in their order.
 */
public final class ClusterSessions implements SessionOwner {
    /**
     * Above that publishers pause: the loop that carries what their sessions are told is behind.
     */
    private static final int TASKS_MAX = 10_000;

    private final Shards shards;
    private final Loop loop;
    private final Residents residents;
    private final Guests guests;

    /**
     * The sessions of a node.
     *
     * @param loop the cluster loop
     * @param connectMillis how long a connection may wait to be let in while its shard has no
     *     leader
     * @param firstNumber from where on this start of the node numbers its connections: far from any
     *     other start of any node
     */
    public ClusterSessions(
            Peers peers,
            ShardLeaders leaders,
            Shards shards,
            Loop loop,
            long connectMillis,
            long firstNumber) {
        this.shards = shards;
        this.loop = loop;
        this.residents = new Residents(peers, leaders, shards, loop, connectMillis, firstNumber);
        this.guests = new Guests(peers, shards, loop);
        leaders.listen(residents::leaderChanged);
    }

    // The other nodes' side. On the cluster loop.

    /** What another node says. */
    public void received(NodeId from, SessionMessage message) {
        loop.assertInside();
        switch (message) {
            case SessionMessage.ToLeader command -> guests.received(from, command);
            case SessionMessage.ToConnection answer -> residents.received(from, answer);
        }
    }

    /**
     * A node has left, or has been started anew: its connections are gone, as if each had vanished,
     * and what it led has to be found elsewhere.
     */
    public void detachNode(NodeId node) {
        loop.assertInside();
        guests.left(node);
        residents.left(node);
    }

    /**
     * A node had taken this one for gone: what it led for connections of this node, they have to
     * announce to it anew.
     */
    public void forgottenBy(NodeId node) {
        loop.assertInside();
        residents.left(node);
    }

    // The connections' side.

    @Override
    @AnyThread
    public void attach(AttachRequest request) {
        loop.execute(() -> residents.attach(request));
    }

    @Override
    @AnyThread
    public void detach(
            String clientId, long attachment, boolean dropWill, long sessionExpirySeconds) {
        loop.execute(
                () ->
                        residents.detach(
                                clientId,
                                attachment,
                                new Connection.Ending(dropWill, sessionExpirySeconds)));
    }

    @Override
    @AnyThread
    public void subscribe(String clientId, long attachment, SubscribeCommand command) {
        loop.execute(() -> residents.tell(clientId, attachment, tie -> tie.subscribe(command)));
    }

    @Override
    @AnyThread
    public void packets(String clientId, long attachment, List<Packet> packets) {
        loop.execute(() -> residents.tell(clientId, attachment, tie -> tie.packets(packets)));
    }

    @Override
    @AnyThread
    public void drained(String clientId, long attachment) {
        loop.execute(() -> residents.drained(clientId, attachment));
    }

    @Override
    @AnyThread
    public void leaderChangeSeen(String clientId, long attachment) {
        loop.execute(() -> residents.leaderChangeSeen(clientId, attachment));
    }

    @Override
    @AnyThread
    public boolean leadersChange() {
        return true;
    }

    @Override
    @AnyThread
    public boolean congested() {
        return shards.congested() || loop.pending() > TASKS_MAX;
    }
}
