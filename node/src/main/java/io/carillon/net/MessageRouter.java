package io.carillon.net;

import io.carillon.loop.AnyThread;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.shard.Publication;
import io.carillon.shard.Receipt;
import io.carillon.topic.Match;
import org.jspecify.annotations.Nullable;

/** Hands publications to all that match, as connections use it. Never blocks. */
@AnyThread
public interface MessageRouter {
    /**
     * Routes a message.
     *
     * @param receipt null at QoS 0: then nobody waits
     * @return the outcome if it is known at once, or null if the receipt is told later
     */
    @Nullable ReasonCode publish(Publication publication, Match match, @Nullable Receipt receipt);

    /**
     * Gives a message of a shared subscription to another member, or drops it where there is none.
     *
     * @param leavingClientId who does not get it again
     */
    void redispatch(
            Publication publication,
            TopicFilter sharedFilter,
            String leavingClientId,
            Receipt receipt);
}
