package io.carillon.node.cluster;

import io.carillon.loop.AnyThread;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.peers.publish.Dispatch;
import io.carillon.session.SubscribeCommand;
import io.carillon.shard.AttachRequest;
import io.carillon.shard.SessionOwner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of the cluster while this node may serve: with a majority in reach. Without one
 * nobody is let in.
 */
@AnyThread
final class Serving implements SessionOwner {
    private final SessionOwner sessions;
    private final Dispatch dispatch;
    private volatile @Nullable String obstacle = "this node has not joined its cluster yet";

    Serving(SessionOwner sessions, Dispatch dispatch) {
        this.sessions = sessions;
        this.dispatch = dispatch;
    }

    /** Why nobody is let in, for people; null lets them in. */
    void obstacle(@Nullable String reason) {
        obstacle = reason;
    }

    @Override
    public void attach(AttachRequest request) {
        String reason = obstacle;
        if (reason == null) {
            sessions.attach(request);
        } else {
            request.outlet().refused(ReasonCode.SERVER_UNAVAILABLE, reason);
        }
    }

    @Override
    public void detach(
            String clientId, long attachment, boolean dropWill, long sessionExpirySeconds) {
        sessions.detach(clientId, attachment, dropWill, sessionExpirySeconds);
    }

    @Override
    public void subscribe(String clientId, long attachment, SubscribeCommand command) {
        sessions.subscribe(clientId, attachment, command);
    }

    @Override
    public void packets(String clientId, long attachment, List<Packet> packets) {
        sessions.packets(clientId, attachment, packets);
    }

    @Override
    public void drained(String clientId, long attachment) {
        sessions.drained(clientId, attachment);
    }

    @Override
    public void leaderChangeSeen(String clientId, long attachment) {
        sessions.leaderChangeSeen(clientId, attachment);
    }

    @Override
    public boolean leadersChange() {
        return sessions.leadersChange();
    }

    @Override
    public boolean congested() {
        return sessions.congested() || dispatch.congested();
    }
}
