package io.carillon.peers.session;

import io.carillon.cluster.NodeId;
import io.carillon.loop.AnyThread;
import io.carillon.loop.Loop;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.peers.Peers;
import io.carillon.peers.SessionMessage;
import io.carillon.peers.SessionMessage.Close;
import io.carillon.peers.SessionMessage.Detach;
import io.carillon.peers.SessionMessage.Detached;
import io.carillon.peers.SessionMessage.Refused;
import io.carillon.peers.SessionMessage.ToClient;
import io.carillon.peers.ShardLeaders;
import io.carillon.shard.AttachRequest;
import io.carillon.shard.Attached;
import io.carillon.shard.Shards;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The connections of this node: what they say, and what leaders say to them. On the cluster loop.
 */
final class Residents implements LocalTie.Listener {
    private final Peers peers;
    private final Shards shards;
    private final Loop loop;
    private final long connectMillis;
    private final Connections connections;
    private final Ties ties;

    /**
     * @param firstNumber from where on connections and ties are numbered; so far from that of any
     *     other start of a node that no number is given twice
     */
    Residents(
            Peers peers,
            ShardLeaders leaders,
            Shards shards,
            Loop loop,
            long connectMillis,
            long firstNumber) {
        this.peers = peers;
        this.shards = shards;
        this.loop = loop;
        this.connectMillis = connectMillis;
        this.connections = new Connections(leaders.count());
        this.ties = new Ties(peers, leaders, shards, loop, this, connections, firstNumber);
    }

    // What connections say.

    void attach(AttachRequest request) {
        int shard = shards.number(request.clientId());
        Connection connection = new Connection(request, ties.newNumber(), shard);
        connections.add(connection);
        connection.patience = loop.schedule(connectMillis, () -> giveUp(connection));
        ties.seek(connection);
    }

    private void giveUp(Connection connection) {
        ties.untie(connection);
        if (!connection.isAttached()) {
            ties.forget(connection);
            connection
                    .outlet()
                    .refused(
                            ReasonCode.SERVER_UNAVAILABLE,
                            "no node leads the shard of the client id; try again later");
        } else {
            ties.seek(connection);
        }
    }

    void detach(String clientId, long attachment, Connection.Ending ending) {
        Connection connection = find(clientId, attachment);
        if (connection == null || connection.ending != null) {
            return;
        }
        ties.end(connection, ending);
    }

    /** Tells the leader; what an earlier one was told for the connection tells again by itself. */
    void tell(String clientId, long attachment, Predicate<Tie> command) {
        Connection connection = find(clientId, attachment);
        if (connection == null || connection.changesUnanswered > 0) {
            return;
        }
        ties.tell(connection, command);
    }

    void drained(String clientId, long attachment) {
        Connection connection = find(clientId, attachment);
        if (connection != null) {
            ties.flow(connection, false);
        }
    }

    /** What follows is from a connection that knows of its leader. */
    void leaderChangeSeen(String clientId, long attachment) {
        Connection connection = find(clientId, attachment);
        if (connection != null) {
            connection.changesUnanswered--;
        }
    }

    private @Nullable Connection find(String clientId, long attachment) {
        return connections.attached(shards.number(clientId), attachment);
    }

    // What leaders say.

    void received(NodeId from, SessionMessage.ToConnection answer) {
        Connection connection = connections.tied(from, answer.connection());
        if (connection == null) {
            receivedTooLate(from, answer);
            return;
        }
        switch (answer) {
            case SessionMessage.Attached(_, long attachment, boolean present, boolean durable) -> {
                Attached attached = new Attached(attachment, present, durable);
                connections.attached(connection, attached);
                connection.outlet().attached(attached);
            }
            case Refused(_, var reason, var cause) -> refused(connection, reason, cause);
            case ToClient(_, var packets) -> {
                connection.outlet().send(packets);
                if (connection.outlet().congested()) {
                    ties.flow(connection, true);
                }
            }
            case Detached _ -> ties.forget(connection);
            case Close(_, var reason, var cause) -> connection.outlet().close(reason, cause);
        }
    }

    /** Nobody is here for whom that could be: the leader is told, if it thinks otherwise. */
    private void receivedTooLate(NodeId from, SessionMessage.ToConnection answer) {
        switch (answer) {
            // The client never heard of it: its will is not published.
            case SessionMessage.Attached attached ->
                    peers.tell(from, new Detach(attached.connection(), true, -1));
            case Close close -> peers.tell(from, new Detach(close.connection(), false, -1));
            case Refused _, ToClient _, Detached _ -> {}
        }
    }

    @Override
    @AnyThread
    public void attached(LocalTie tie, Attached attached) {
        loop.execute(
                () -> {
                    Connection connection = tie.connection();
                    if (isCurrent(tie)) {
                        connections.attached(connection, attached);
                    }
                });
    }

    @Override
    @AnyThread
    public void refused(LocalTie tie, ReasonCode reason, String cause) {
        loop.execute(
                () -> {
                    Connection connection = tie.connection();
                    if (isCurrent(tie)) {
                        refused(connection, reason, cause);
                    }
                });
    }

    @Override
    @AnyThread
    public void detached(LocalTie tie) {
        loop.execute(
                () -> {
                    if (isCurrent(tie)) {
                        ties.forget(tie.connection());
                    }
                });
    }

    private static boolean isCurrent(LocalTie tie) {
        return tie.equals(tie.connection().tie);
    }

    private void refused(Connection connection, ReasonCode reason, String cause) {
        if (reason == ReasonCode.USE_ANOTHER_SERVER) {
            ties.lose(connection);
        } else {
            ties.forget(connection);
            connection.outlet().refused(reason, cause);
        }
    }

    // Who leads.

    void leaderChanged(int shard, @Nullable NodeId leader) {
        ties.leaderChanged(shard, leader);
    }

    /** What that node led has to be found elsewhere, or has to hear of all connections again. */
    void left(NodeId node) {
        ties.left(node);
    }
}
