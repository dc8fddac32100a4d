package io.carillon.node;

import io.carillon.delivery.Router;
import io.carillon.loop.AnyThread;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.net.MessageRouter;
import io.carillon.shard.Publication;
import io.carillon.shard.Receipt;
import io.carillon.topic.Match;
import org.jspecify.annotations.Nullable;

/** The router, as connections want it. */
@AnyThread
public record RouterPort(Router router) implements MessageRouter {

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
