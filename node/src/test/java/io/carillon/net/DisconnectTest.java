package io.carillon.net;

import static io.carillon.net.TestClient.connect;
import static io.carillon.net.TestClient.properties;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.carillon.mqtt.packet.Connack;
import io.carillon.mqtt.packet.Connect;
import io.carillon.mqtt.packet.ConnectProperties;
import io.carillon.mqtt.packet.Disconnect;
import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Pingreq;
import io.carillon.mqtt.packet.Pingresp;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.UserProperties;
import io.carillon.net.lane.NetCount;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How connections end, and what becomes of will and session then. */
final class DisconnectTest {
    private final TestBroker broker = new TestBroker();

    private static Disconnect goodbye(ReasonCode reason, long sessionExpiry) {
        return new Disconnect(reason, sessionExpiry, null, UserProperties.NONE, null);
    }

    private FakeSessions.Detached detached() {
        assertEquals(1, broker.sessions.detached.size());
        return broker.sessions.detached.getFirst();
    }

    /** [MQTT-3.14.4-3] [MQTT3-3.14.4-3] [MQTT-3.1.2-10] [MQTT3-3.1.2-10] */
    @ParameterizedTest
    @EnumSource
    void dropsTheWillOfAClientThatSaysGoodbye(MqttVersion version) {
        broker.open().in(version, "c").send(goodbye(ReasonCode.SUCCESS, -1)).expectClosed();
        assertEquals(new FakeSessions.Detached("c", 1, true, -1), detached());
    }

    @Test
    void keepsTheWillOfAClientThatAsksForIt() {
        TestClient client = broker.open().in(MqttVersion.V5, "c");
        client.send(goodbye(ReasonCode.DISCONNECT_WITH_WILL, -1)).expectClosed();
        assertEquals(new FakeSessions.Detached("c", 1, false, -1), detached());
    }

    /** [MQTT-3.1.2-8] [MQTT3-3.1.2-8] */
    @ParameterizedTest
    @EnumSource
    void keepsTheWillOfAClientThatVanishes(MqttVersion version) {
        broker.open().in(version, "c").subscribed("a/b", QoS.AT_LEAST_ONCE).lose();
        assertEquals(new FakeSessions.Detached("c", 1, false, -1), detached());
        // [MQTT-4.1.0-2] [MQTT3-3.1.2-6]
        assertEquals(0, broker.topics.subscriptionCount());
        assertEquals(0, broker.factory.openConnections());
        assertEquals(1, broker.count(NetCount.CONNECTIONS_CLOSED));
    }

    /** The session expiry of DISCONNECT replaces that of CONNECT, within the limit. */
    @Test
    void takesAnotherSessionExpiry() {
        TestClient client =
                broker.open().in(connect("c", properties(60, 10, Integer.MAX_VALUE, 0)));
        client.send(goodbye(ReasonCode.SUCCESS, 1_000_000)).expectClosed();
        assertEquals(new FakeSessions.Detached("c", 1, true, 3_600), detached());
    }

    @Test
    void takesNoSessionExpiryIfConnectHadNone() {
        TestClient client = broker.open().in(MqttVersion.V5, "c");
        client.send(goodbye(ReasonCode.SUCCESS, 5));
        assertEquals(ReasonCode.PROTOCOL_ERROR, client.expect(Disconnect.class).reason());
        client.expectClosed();
        assertEquals(new FakeSessions.Detached("c", 1, false, -1), detached());
    }

    /** [MQTT-3.1.2-22] [MQTT3-3.1.2-24]; any packet counts, and half a packet does not. */
    @ParameterizedTest
    @EnumSource
    void endsTheConnectionOfASilentClient(MqttVersion version) {
        TestClient client = broker.open();
        client.in(new Connect(version, "c", true, 10, null, null, null, ConnectProperties.DEFAULT));
        broker.pass(14_000);
        client.send(new Pingreq()).expect(new Pingresp());
        broker.pass(14_000);
        client.sendBytes(Unpooled.wrappedBuffer(new byte[] {(byte) 0xC0}));
        client.expectOpen();
        broker.pass(1_000);
        if (version == MqttVersion.V5) {
            assertEquals(ReasonCode.KEEP_ALIVE_TIMEOUT, client.expect(Disconnect.class).reason());
        }
        client.expectClosed();
        assertEquals(new FakeSessions.Detached("c", 1, false, -1), detached());
        assertEquals(1, broker.count(NetCount.KEEP_ALIVE_TIMEOUTS));
    }

    @Test
    void waitsForEverWithoutKeepAlive() {
        TestClient client = broker.open().in(MqttVersion.V5, "c");
        broker.pass(1_000_000_000);
        client.send(new Pingreq()).expect(new Pingresp());
    }

    /** [MQTT-4.13.1-1] [MQTT3-4.8.0-1] [MQTT-4.13.2-1] */
    @ParameterizedTest
    @EnumSource
    void endsTheConnectionAtAMalformedPacket(MqttVersion version) {
        TestClient client = broker.open().in(version, "c");
        // [MQTT-3.14.4-1] [MQTT-3.14.4-2] the PINGREQ behind it is not answered.
        client.sendBytes(Unpooled.wrappedBuffer(new byte[] {0, 0, (byte) 0xC0, 0}));
        if (version == MqttVersion.V5) {
            assertEquals(ReasonCode.MALFORMED_PACKET, client.expect(Disconnect.class).reason());
        }
        client.expectClosed();
    }

    /** [MQTT-3.1.2-29] a client that wants no reasons gets none. */
    @Test
    void tellsWhyOnlyThoseWhoWantToKnow() {
        ConnectProperties quiet =
                new ConnectProperties(
                        0, 10, Integer.MAX_VALUE, 0, false, false, null, null, UserProperties.NONE);
        TestClient silent = broker.open().in(connect("a", quiet));
        silent.send(connect("a", quiet));
        assertNull(silent.expect(Disconnect.class).reasonString());
        TestClient curious = broker.open().in(MqttVersion.V5, "b");
        curious.send(connect(MqttVersion.V5, "b"));
        assertEquals(
                "CONNECT: a connection has one CONNECT only",
                curious.expect(Disconnect.class).reasonString());
    }

    @Test
    void endsConnectionsWhenTheServerStops() {
        TestClient modern = broker.open().in(MqttVersion.V5, "a");
        TestClient old = broker.open().in(MqttVersion.V3_1_1, "b");
        TestClient silent = broker.open();
        assertEquals(3, broker.factory.openConnections());
        assertEquals(
                3, broker.factory.close(10, ReasonCode.SERVER_SHUTTING_DOWN, "the node stops"));
        broker.settle();
        assertEquals(ReasonCode.SERVER_SHUTTING_DOWN, modern.expect(Disconnect.class).reason());
        modern.expectClosed();
        old.expectClosed();
        silent.expectClosed();
        assertEquals(0, broker.factory.close(10, ReasonCode.SERVER_SHUTTING_DOWN, "again"));
    }

    /** Nothing of a client that was refused stays behind. */
    @Test
    void forgetsRefusedClients() {
        TestClient client = broker.open();
        client.send(
                new Connect(
                        MqttVersion.V5,
                        "c",
                        true,
                        0,
                        null,
                        "eve",
                        null,
                        ConnectProperties.DEFAULT));
        client.expect(Connack.class);
        client.expectClosed();
        assertEquals(0, broker.factory.openConnections());
        assertEquals(0, broker.sessions.detached.size());
    }
}
