package io.carillon.node;

import io.carillon.loop.AnyThread;
import io.carillon.mqtt.packet.Packet;
import io.carillon.session.SubscribeCommand;
import io.carillon.shard.AttachRequest;
import io.carillon.shard.SessionOwner;
import io.carillon.shard.Shards;
import java.util.List;

/** The shards of a node without others, as connections want them: each call goes through. */
@AnyThread
public record ShardSessions(Shards shards) implements SessionOwner {

    @Override
    public void attach(AttachRequest request) {
        shards.attach(request);
    }

    @Override
    public void detach(
            String clientId, long attachment, boolean dropWill, long sessionExpirySeconds) {
        shards.detach(clientId, attachment, dropWill, sessionExpirySeconds);
    }

    @Override
    public void subscribe(String clientId, long attachment, SubscribeCommand command) {
        shards.subscribe(clientId, attachment, command);
    }

    @Override
    public void packets(String clientId, long attachment, List<Packet> packets) {
        shards.packets(clientId, attachment, packets);
    }

    @Override
    public void drained(String clientId, long attachment) {
        shards.drained(clientId, attachment);
    }

    @Override
    public void leaderChangeSeen(String clientId, long attachment) {
        throw new IllegalStateException("a node that stands alone leads all its shards");
    }

    @Override
    public boolean leadersChange() {
        return false;
    }

    @Override
    public boolean congested() {
        return shards.congested();
    }
}
