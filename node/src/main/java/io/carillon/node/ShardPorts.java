package io.carillon.node;

import io.carillon.delivery.Router;
import io.carillon.loop.AnyThread;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.net.MessageRouter;
import io.carillon.net.SessionOwner;
import io.carillon.session.SubscribeCommand;
import io.carillon.shard.AttachRequest;
import io.carillon.shard.Publication;
import io.carillon.shard.Receipt;
import io.carillon.shard.Shards;
import io.carillon.topic.Match;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shards and router, as connections want them: each call goes through as it is. */
@AnyThread
public record ShardPorts(Shards shards, Router router) implements SessionOwner, MessageRouter {

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

    @Override
    public @Nullable ReasonCode publish(
            Publication publication, Match match, @Nullable Receipt receipt) {
        return router.publish(publication, match, receipt);
    }

    @Override
    public void redispatch(
            Publication publication,
            TopicFilter sharedFilter,
            String leavingClientId,
            Receipt receipt) {
        router.redispatch(publication, sharedFilter, leavingClientId, receipt);
    }
}
