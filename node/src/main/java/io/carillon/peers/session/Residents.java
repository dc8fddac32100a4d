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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The connections of this node, and their ties to whoever leads their shards. Where there is no
 * leader they wait; and when there is another one, each announces itself to it. On the cluster
 * loop.
 */
final class Residents implements LocalTie.Listener {
    private static final long RETRY_MILLIS = 200;

    private final Peers peers;
    private final ShardLeaders leaders;
    private final Shards shards;
    private final Loop loop;
    private final long connectMillis;
    private final Connections connections;

    /** Those without a tie. */
    private final Set<Connection> waiting = new LinkedHashSet<>();

    private boolean retrying;

    /** Begins elsewhere at each start: what comes late to an earlier one must not fit. */
    private long lastNumber;

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
        this.leaders = leaders;
        this.shards = shards;
        this.loop = loop;
        this.connectMillis = connectMillis;
        this.connections = new Connections(leaders.count());
        this.lastNumber = firstNumber;
    }

    // What connections say.

    void attach(AttachRequest request) {
        int shard = shards.number(request.clientId());
        Connection connection = new Connection(request, ++lastNumber, shard);
        connections.add(connection);
        connection.patience = loop.schedule(connectMillis, () -> giveUp(connection));
        seek(connection);
    }

    private void giveUp(Connection connection) {
        untie(connection);
        if (!connection.isAttached()) {
            end(connection);
            connection
                    .outlet()
                    .refused(
                            ReasonCode.SERVER_UNAVAILABLE,
                            "no node leads the shard of the client id; try again later");
        } else {
            seek(connection);
        }
    }

    void detach(String clientId, long attachment, Connection.Ending ending) {
        Connection connection = find(clientId, attachment);
        if (connection == null || connection.ending != null) {
            return;
        }
        connection.ending = ending;
        Tie tie = connection.tie;
        if (tie != null) {
            tellEnd(connection, tie, ending);
        }
    }

    private void tellEnd(Connection connection, Tie tie, Connection.Ending ending) {
        if (!tie.detach(ending.dropWill(), ending.sessionExpirySeconds())) {
            lose(connection);
        }
    }

    /** Tells the leader; what an earlier one was told for the connection tells again by itself. */
    void tell(String clientId, long attachment, Predicate<Tie> command) {
        Connection connection = find(clientId, attachment);
        if (connection == null || connection.changesUnanswered > 0) {
            return;
        }
        Tie tie = connection.tie;
        if (tie != null && !command.test(tie)) {
            lose(connection);
        }
    }

    void drained(String clientId, long attachment) {
        Connection connection = find(clientId, attachment);
        if (connection != null) {
            flow(connection, false);
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
                attached(connection, attached);
                connection.outlet().attached(attached);
            }
            case Refused(_, var reason, var cause) -> refused(connection, reason, cause);
            case ToClient(_, var packets) -> {
                connection.outlet().send(packets);
                if (connection.outlet().congested()) {
                    flow(connection, true);
                }
            }
            case Detached _ -> end(connection);
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
                        attached(connection, attached);
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
                        end(tie.connection());
                    }
                });
    }

    private static boolean isCurrent(LocalTie tie) {
        return tie.equals(tie.connection().tie);
    }

    private void attached(Connection connection, Attached attached) {
        connection.attached(attached);
        connections.attached(connection);
    }

    private void refused(Connection connection, ReasonCode reason, String cause) {
        if (reason == ReasonCode.USE_ANOTHER_SERVER) {
            lose(connection);
        } else {
            end(connection);
            connection.outlet().refused(reason, cause);
        }
    }

    private void flow(Connection connection, boolean congested) {
        Tie tie = connection.tie;
        boolean local = tie instanceof LocalTie;
        if (tie == null || !local && connection.toldCongested == congested) {
            return;
        }
        connection.toldCongested = congested;
        if (!tie.flow(congested)) {
            lose(connection);
        }
    }

    // Who leads.

    /** The connections of a shard go to its next leader, or wait for it. */
    void leaderChanged(int shard, @Nullable NodeId leader) {
        for (Connection connection : connections.ofShard(shard)) {
            untie(connection);
            if (leader == null) {
                await(connection);
            } else {
                seek(connection);
            }
        }
    }

    void left(NodeId node) {
        connections.tiedTo(node).forEach(this::lose);
    }

    /** Ties a connection to the leader of its shard, if there is one. */
    private void seek(Connection connection) {
        NodeId leader = leaders.leader(connection.shard());
        if (leader == null) {
            await(connection);
            return;
        }
        Tie tie =
                leader.equals(peers.self())
                        ? new LocalTie(leader, shards, connection, this)
                        : new RemoteTie(peers, leader, connection, ++lastNumber);
        waiting.remove(connection);
        connections.tie(connection, tie);
        boolean told = connection.isAttached() ? tie.reattach() : tie.attach();
        if (!told) {
            lose(connection);
        } else if (connection.isAttached()) {
            reattached(connection, tie);
        }
    }

    /** The leader has heard of the connection; it begins with what is durable. */
    private void reattached(Connection connection, Tie tie) {
        Connection.Ending ending = connection.ending;
        if (ending != null) {
            tellEnd(connection, tie, ending);
            return;
        }
        if (connection.isDurable()) {
            connection.changesUnanswered++;
            connection.outlet().leaderChanged();
            connection.toldCongested = false;
            if (connection.outlet().congested()) {
                flow(connection, true);
            }
        }
    }

    private void lose(Connection connection) {
        untie(connection);
        await(connection);
    }

    private void untie(Connection connection) {
        Tie tie = connection.tie;
        if (tie == null) {
            return;
        }
        connections.untie(connection);
        Attached answer = tie.end();
        if (answer != null && !connection.isAttached()) {
            attached(connection, answer); // it was told so, though not yet this loop
        }
    }

    private void end(Connection connection) {
        untie(connection);
        waiting.remove(connection);
        connections.remove(connection);
        connection.stopWaiting();
    }

    private void await(Connection connection) {
        waiting.add(connection);
        if (!retrying) {
            retrying = true;
            loop.schedule(RETRY_MILLIS, this::retry);
        }
    }

    private void retry() {
        retrying = false;
        List.copyOf(waiting).forEach(this::seek);
    }
}
