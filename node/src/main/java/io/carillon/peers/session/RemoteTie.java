package io.carillon.peers.session;

import io.carillon.cluster.NodeId;
import io.carillon.mqtt.packet.Packet;
import io.carillon.peers.Peers;
import io.carillon.peers.SessionMessage;
import io.carillon.session.SubscribeCommand;
import io.carillon.shard.AttachRequest;
import io.carillon.shard.Attached;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A tie to another node, under a number of its own. */
final class RemoteTie implements Tie {
    private final Peers peers;
    private final NodeId leader;
    private final Connection connection;
    private final long number;

    RemoteTie(Peers peers, NodeId leader, Connection connection, long number) {
        this.peers = peers;
        this.leader = leader;
        this.connection = connection;
        this.number = number;
    }

    long number() {
        return number;
    }

    @Override
    public NodeId leader() {
        return leader;
    }

    @Override
    public boolean attach() {
        AttachRequest request = connection.request();
        return tell(
                new SessionMessage.Attach(
                        number,
                        request.clientId(),
                        request.userName(),
                        request.cleanStart(),
                        request.sessionExpirySeconds(),
                        request.receiveMaximum(),
                        request.will(),
                        connection.caller()));
    }

    @Override
    public boolean reattach() {
        AttachRequest request = connection.request();
        return tell(
                new SessionMessage.Reattach(
                        number,
                        request.clientId(),
                        request.userName(),
                        connection.attachment(),
                        connection.isDurable(),
                        connection.isStored(),
                        request.receiveMaximum()));
    }

    @Override
    public boolean subscribe(SubscribeCommand command) {
        return tell(new SessionMessage.ToSubscribe(number, command));
    }

    @Override
    public boolean packets(List<Packet> packets) {
        return tell(new SessionMessage.ToSession(number, packets));
    }

    @Override
    public boolean flow(boolean congested) {
        return tell(new SessionMessage.Flow(number, congested));
    }

    @Override
    public boolean detach(boolean dropWill, long sessionExpirySeconds) {
        return tell(new SessionMessage.Detach(number, dropWill, sessionExpirySeconds));
    }

    /** Answers are taken from the current tie only: there is nothing to end. */
    @Override
    public @Nullable Attached end() {
        return null;
    }

    private boolean tell(SessionMessage message) {
        return peers.tell(leader, message);
    }
}
