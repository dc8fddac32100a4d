package io.carillon.jmh.subject;

import io.carillon.delivery.Router;
import io.carillon.mqtt.packet.MessageProperties;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.shard.Publication;
import io.carillon.topic.LiveMatch;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One QoS 0 publication of 64 bytes to so many transient sessions of one event loop, from the
 * router until it is in their channels. Per publication.
 */
@State(Scope.Thread)
public class RouterStep {
    @Param({"1", "10", "200"})
    int receivers;

    private final TableBroker broker = new TableBroker();
    private final Router router = broker.router();
    private final Publish packet =
            Sample.publish(Sample.TOPIC, QoS.AT_MOST_ONCE, 64, MessageProperties.NONE);
    private final LiveMatch match = broker.topics().live(packet.message().topic());

    @Setup
    public void setUp() {
        for (int i = 0; i < receivers; i++) {
            broker.subscribe(broker.client("receiver-" + i), Sample.TOPIC, QoS.AT_MOST_ONCE);
        }
    }

    @Benchmark
    public @Nullable ReasonCode publish() {
        Publication publication =
                new Publication(packet.message(), packet.qos(), packet.retain(), "publisher");
        ReasonCode outcome = router.publish(publication, match.now(), null);
        broker.endTurn();
        return outcome;
    }
}
