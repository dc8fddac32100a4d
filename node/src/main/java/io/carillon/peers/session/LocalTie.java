package io.carillon.peers.session;

import io.carillon.cluster.NodeId;
import io.carillon.loop.AnyThread;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.session.SubscribeCommand;
import io.carillon.shard.AttachRequest;
import io.carillon.shard.Attached;
import io.carillon.shard.Outlet;
import io.carillon.shard.ReattachRequest;
import io.carillon.shard.Shards;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tie to a shard that this node leads. What the shard sends goes straight to the connection, and
 * not by the cluster loop; so its end is a matter of two threads, and guarded by a lock that hardly
 * ever waits.
 */
final class LocalTie implements Tie, Outlet {

    /** Hears of what changes the tie. Any thread. */
    interface Listener {
        /** The client is in: said before the connection hears of it. */
        void attached(LocalTie tie, Attached attached);

        void refused(LocalTie tie, ReasonCode reason, String cause);

        /** That the connection has ended is durable. */
        void detached(LocalTie tie);
    }

    private final NodeId self;
    private final Shards shards;
    private final Connection connection;
    private final Listener listener;

    // Guarded by this.
    private @Nullable Attached answer;
    private boolean ended;

    LocalTie(NodeId self, Shards shards, Connection connection, Listener listener) {
        this.self = self;
        this.shards = shards;
        this.connection = connection;
        this.listener = listener;
    }

    Connection connection() {
        return connection;
    }

    // What the connection says.

    @Override
    public NodeId leader() {
        return self;
    }

    @Override
    public boolean attach() {
        shards.attach(connection.request().by(connection.caller(), this));
        return true;
    }

    @Override
    public boolean reattach() {
        AttachRequest request = connection.request();
        shards.reattach(
                new ReattachRequest(
                        request.clientId(),
                        request.userName(),
                        connection.attachment(),
                        connection.isDurable(),
                        connection.isStored(),
                        request.receiveMaximum(),
                        this));
        return true;
    }

    @Override
    public boolean subscribe(SubscribeCommand command) {
        shards.subscribe(clientId(), connection.attachment(), command);
        return true;
    }

    @Override
    public boolean packets(List<Packet> packets) {
        shards.packets(clientId(), connection.attachment(), packets);
        return true;
    }

    /** The shard asks the connection itself whether it is congested. */
    @Override
    public boolean flow(boolean congested) {
        if (!congested) {
            shards.drained(clientId(), connection.attachment());
        }
        return true;
    }

    @Override
    public boolean detach(boolean dropWill, long sessionExpirySeconds) {
        shards.detach(
                clientId(),
                connection.attachment(),
                dropWill,
                sessionExpirySeconds,
                outcome -> {
                    if (outcome == ReasonCode.USE_ANOTHER_SERVER) {
                        listener.refused(this, outcome, "the shard is led elsewhere");
                    } else {
                        listener.detached(this);
                    }
                });
        return true;
    }

    @Override
    public synchronized @Nullable Attached end() {
        ended = true;
        return answer;
    }

    // What the shard says.

    @Override
    @AnyThread
    public synchronized void attached(Attached attached) {
        if (ended) {
            // The client never heard of it: its will is not published.
            shards.detach(clientId(), attached.attachment(), true, -1);
            return;
        }
        answer = attached;
        listener.attached(this, attached);
        connection.outlet().attached(attached);
    }

    @Override
    @AnyThread
    public void refused(ReasonCode reason, String cause) {
        listener.refused(this, reason, cause);
    }

    @Override
    @AnyThread
    public synchronized void send(List<Packet> packets) {
        if (!ended) {
            connection.outlet().send(packets);
        }
    }

    @Override
    @AnyThread
    public synchronized void close(ReasonCode reason, String cause) {
        if (!ended) {
            connection.outlet().close(reason, cause);
        }
    }

    @Override
    @AnyThread
    public boolean congested() {
        return connection.outlet().congested();
    }

    private String clientId() {
        return connection.request().clientId();
    }
}
