package io.carillon.peers.session;

import io.carillon.cluster.NodeId;
import io.carillon.loop.Loop;
import io.carillon.peers.Peers;
import io.carillon.peers.ShardLeaders;
import io.carillon.shard.Attached;
import io.carillon.shard.Shards;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The ties of this node's connections: each has one to whoever leads its shard, or waits for a
 * leader; and when there is another one, it announces itself there. On the cluster loop.
 */
final class Ties {
    private static final long RETRY_MILLIS = 200;

    private final Peers peers;
    private final ShardLeaders leaders;
    private final Shards shards;
    private final Loop loop;
    private final LocalTie.Listener listener;
    private final Connections connections;

    /** Those without a tie. */
    private final Set<Connection> waiting = new LinkedHashSet<>();

    private boolean retrying;

    /** Begins elsewhere at each start: what comes late to an earlier one must not fit. */
    private long lastNumber;

    /**
     * @param listener told what shards of this node say
     * @param firstNumber from where on connections and ties are numbered
     */
    Ties(
            Peers peers,
            ShardLeaders leaders,
            Shards shards,
            Loop loop,
            LocalTie.Listener listener,
            Connections connections,
            long firstNumber) {
        this.peers = peers;
        this.leaders = leaders;
        this.shards = shards;
        this.loop = loop;
        this.listener = listener;
        this.connections = connections;
        this.lastNumber = firstNumber;
    }

    /** A number that no other connection or tie of any start of this node has. */
    long newNumber() {
        return ++lastNumber;
    }

    /** Ties a connection to the leader of its shard, if there is one. */
    void seek(Connection connection) {
        NodeId leader = leaders.leader(connection.shard());
        if (leader == null) {
            await(connection);
            return;
        }
        Tie tie =
                leader.equals(peers.self())
                        ? new LocalTie(leader, shards, connection, listener)
                        : new RemoteTie(peers, leader, connection, newNumber());
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
            end(connection, tie, ending);
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

    /** Tells the leader, if there is one; what is not taken costs the tie. */
    void tell(Connection connection, Predicate<Tie> command) {
        Tie tie = connection.tie;
        if (tie != null && !command.test(tie)) {
            lose(connection);
        }
    }

    /** The client takes no more for now, or takes packets again. */
    void flow(Connection connection, boolean congested) {
        Tie tie = connection.tie;
        boolean local = tie instanceof LocalTie;
        if (tie != null && (local || connection.toldCongested != congested)) {
            connection.toldCongested = congested;
            tell(connection, each -> each.flow(congested));
        }
    }

    /** The connection has ended; the next leader is told, too, if this one does not answer. */
    void end(Connection connection, Connection.Ending ending) {
        connection.ending = ending;
        Tie tie = connection.tie;
        if (tie != null) {
            end(connection, tie, ending);
        }
    }

    private void end(Connection connection, Tie tie, Connection.Ending ending) {
        if (!tie.detach(ending.dropWill(), ending.sessionExpirySeconds())) {
            lose(connection);
        }
    }

    /** The tie leads nowhere: another one is sought. */
    void lose(Connection connection) {
        untie(connection);
        await(connection);
    }

    void untie(Connection connection) {
        Tie tie = connection.tie;
        if (tie == null) {
            return;
        }
        connections.untie(connection);
        Attached answer = tie.end();
        if (answer != null && !connection.isAttached()) {
            connections.attached(connection, answer); // told so, though not yet this loop
        }
    }

    /** No leader has to hear of the connection any more. */
    void forget(Connection connection) {
        untie(connection);
        waiting.remove(connection);
        connections.remove(connection);
        connection.stopWaiting();
    }

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
