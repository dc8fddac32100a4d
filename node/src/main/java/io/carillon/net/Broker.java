package io.carillon.net;

import io.carillon.auth.Access;
import io.carillon.mqtt.codec.DecoderLimits;
import io.carillon.net.lane.IoLanes;
import io.carillon.shard.RetainedSource;
import io.carillon.shard.SessionOwner;
import io.carillon.topic.TopicTrie;
import java.time.InstantSource;
import java.util.List;

/**
 * What a connection needs of the rest of the broker; shared by all connections.
 *
 * @param retained where retained messages are looked up, one after the other
 * @param clock for the expiry of messages
 */
public record Broker(
        ClientLimits limits,
        DecoderLimits decoderLimits,
        IoLanes lanes,
        TopicTrie topics,
        MessageRouter router,
        SessionOwner sessions,
        RouteBarrier routes,
        List<RetainedSource> retained,
        Access access,
        InstantSource clock) {
    public Broker {
        retained = List.copyOf(retained);
    }
}
