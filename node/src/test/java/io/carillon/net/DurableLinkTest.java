package io.carillon.net;

import static io.carillon.net.TestClient.connect;
import static io.carillon.net.TestClient.properties;
import static io.carillon.net.TestClient.publish;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.packet.Connect;
import io.carillon.mqtt.packet.ConnectProperties;
import io.carillon.mqtt.packet.Disconnect;
import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.Pubcomp;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.Pubrec;
import io.carillon.mqtt.packet.Pubrel;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Suback;
import io.carillon.mqtt.packet.SubscriptionOptions;
import io.carillon.mqtt.packet.Unsubscribe;
import io.carillon.mqtt.packet.UserProperties;
import io.carillon.net.lane.NetCount;
import io.carillon.session.SubscribeCommand;
import io.carillon.shard.Outlet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client whose session lives in a shard: what goes there, and what comes back. */
final class DurableLinkTest {
    private final TestLimits limits = new TestLimits();
    private TestBroker broker;

    @BeforeEach
    void setUp() {
        limits.receiveMaximum = 1;
        broker = new TestBroker(limits);
    }

    private TestClient durable(int maximumPacketSize) {
        return broker.open().in(connect("c", properties(60, 10, maximumPacketSize, 0)));
    }

    private Outlet outlet() {
        return broker.sessions.last().outlet();
    }

    @Test
    void forwardsWhatTheSessionAnswers() {
        TestClient client = durable(Integer.MAX_VALUE);
        Publish exactlyOnce = publish("a", "x", QoS.EXACTLY_ONCE, 4);
        Unsubscribe unsubscribe = new Unsubscribe(3, List.of("a"), UserProperties.NONE);
        client.send(exactlyOnce, new Puback(1), new Pubrec(2), new Pubcomp(2), unsubscribe);
        assertEquals(
                List.of(exactlyOnce, new Puback(1), new Pubrec(2), new Pubcomp(2), unsubscribe),
                broker.sessions.packets);
        assertEquals(0, broker.router.published.size());
        client.expectNothing();
    }

    @Test
    void routesQos0And1Itself() {
        TestClient client = durable(Integer.MAX_VALUE);
        client.send(
                publish("a", "x", QoS.AT_MOST_ONCE, 0), publish("a", "y", QoS.AT_LEAST_ONCE, 1));
        client.expect(new Puback(1, ReasonCode.NO_MATCHING_SUBSCRIBERS));
        assertEquals(2, broker.router.published.size());
        assertEquals(List.of(), broker.sessions.packets);
    }

    /** The order of the packets of one client is kept, also around a SUBSCRIBE. */
    @Test
    void forwardsCheckedSubscriptions() {
        TestClient client = durable(Integer.MAX_VALUE);
        client.send(
                new Puback(1),
                TestClient.subscribe("secret/x", SubscriptionOptions.of(QoS.AT_MOST_ONCE), 0));
        assertEquals(1, broker.sessions.packets.size());
        SubscribeCommand command = broker.sessions.subscribes.getFirst();
        assertEquals(77, command.packetId());
        assertInstanceOf(SubscribeCommand.Refused.class, command.items().getFirst());
        client.expectNothing();
        Suback suback = new Suback(77, List.of(ReasonCode.NOT_AUTHORIZED));
        outlet().send(List.of(suback));
        client.expect(suback);
    }

    /** [MQTT-3.3.4-7] counts what the shard answers, too. */
    @Test
    void countsQos2MessagesUntilTheShardCompletesThem() {
        TestClient client = durable(Integer.MAX_VALUE);
        client.send(publish("a", "1", QoS.EXACTLY_ONCE, 1));
        outlet().send(List.of(new Pubrec(1)));
        client.expect(new Pubrec(1)).send(new Pubrel(1));
        outlet().send(List.of(new Pubcomp(1)));
        client.expect(new Pubcomp(1));
        client.send(publish("a", "2", QoS.EXACTLY_ONCE, 2)).expectOpen();
        client.send(publish("a", "3", QoS.EXACTLY_ONCE, 3));
        assertEquals(ReasonCode.RECEIVE_MAXIMUM_EXCEEDED, client.expect(Disconnect.class).reason());
        client.expectClosed();
    }

    /** [MQTT-3.1.2-25] the session is told that it is done. */
    @Test
    void answersForAClientThatCannotTakeAMessage() {
        TestClient client = durable(100);
        outlet().send(
                        List.of(
                                publish("a", "x".repeat(200), QoS.AT_LEAST_ONCE, 5),
                                publish("a", "x".repeat(200), QoS.EXACTLY_ONCE, 6),
                                publish("a", "y", QoS.AT_LEAST_ONCE, 7)));
        client.expect(publish("a", "y", QoS.AT_LEAST_ONCE, 7));
        assertEquals(
                List.of(
                        new Puback(5, ReasonCode.QUOTA_EXCEEDED),
                        new Pubrec(6, ReasonCode.QUOTA_EXCEEDED)),
                broker.sessions.packets);
        assertEquals(2, broker.count(NetCount.DROPPED_TOO_LARGE));
    }

    @Test
    void tellsTheShardWhenTheClientTakesPacketsAgain() {
        TestClient client = durable(Integer.MAX_VALUE);
        assertFalse(outlet().congested());
        DeliveryTest.writable(client, false);
        assertTrue(outlet().congested());
        DeliveryTest.writable(client, true);
        assertFalse(outlet().congested());
        assertEquals(1, broker.sessions.drained);
    }

    @Test
    void endsWhenTheShardSaysSo() {
        TestClient client = durable(Integer.MAX_VALUE);
        outlet().close(ReasonCode.ADMINISTRATIVE_ACTION, "by the operator");
        assertEquals(ReasonCode.ADMINISTRATIVE_ACTION, client.expect(Disconnect.class).reason());
        client.expectClosed();
        outlet().send(List.of(new Pubrec(1)));
        client.expectNothing();
    }

    /** 3.x has no refusal: it must not take a message for stored that isn't. */
    @Test
    void endsA311ConnectionWhoseMessageCouldNotBeStored() {
        TestClient client =
                broker.open()
                        .in(
                                new Connect(
                                        MqttVersion.V3_1_1,
                                        "old",
                                        false,
                                        0,
                                        null,
                                        null,
                                        null,
                                        ConnectProperties.DEFAULT));
        outlet().send(List.of(new Pubrec(1, ReasonCode.QUOTA_EXCEEDED)));
        client.expect(Pubrec.class);
        outlet().send(List.of(new Pubrec(2, ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR)));
        client.expectClosed();
    }
}
