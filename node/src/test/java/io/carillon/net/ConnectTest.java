package io.carillon.net;

import static io.carillon.net.TestClient.connect;
import static io.carillon.net.TestClient.publish;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.packet.Connack;
import io.carillon.mqtt.packet.Connect;
import io.carillon.mqtt.packet.ConnectProperties;
import io.carillon.mqtt.packet.Disconnect;
import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Pingreq;
import io.carillon.mqtt.packet.Pingresp;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.UserProperties;
import io.carillon.mqtt.packet.Will;
import io.carillon.net.lane.NetCount;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a client is let in, or not. */
final class ConnectTest {
    private static final Message WILL = Message.of(Topic.of("will"), new byte[] {1});

    private final TestLimits limits = new TestLimits();

    private static Connect with(MqttVersion version, String id, boolean clean, Will will) {
        return new Connect(version, id, clean, 0, will, null, null, ConnectProperties.DEFAULT);
    }

    private static Connect user(MqttVersion version, String userName) {
        return new Connect(
                version, "c", true, 0, null, userName, new byte[1], ConnectProperties.DEFAULT);
    }

    private static Connect keepAlive(MqttVersion version, int seconds) {
        return new Connect(
                version, "c", true, seconds, null, null, null, ConnectProperties.DEFAULT);
    }

    /**
     * [MQTT-3.1.4-5] [MQTT-3.2.0-1] [MQTT-3.2.2-2] [MQTT3-3.1.4-4] [MQTT3-3.2.0-1] [MQTT3-3.2.2-1]
     * and what comes right behind CONNECT is served.
     */
    @ParameterizedTest
    @EnumSource
    void letsAClientInAndServesWhatItSentInAdvance(MqttVersion version) {
        TestClient client = new TestBroker().open();
        client.send(connect(version, "c"), new Pingreq());
        Connack connack = client.expect(Connack.class);
        assertEquals(ReasonCode.SUCCESS, connack.reason());
        assertFalse(connack.sessionPresent());
        client.expect(new Pingresp()).expectOpen();
    }

    /** [MQTT-3.2.2-3] [MQTT3-3.2.2-2] a resumed session is told, and lives in its shard. */
    @ParameterizedTest
    @EnumSource(names = {"V3_1_1", "V5"})
    void tellsThatASessionIsPresent(MqttVersion version) {
        TestBroker broker = new TestBroker();
        broker.sessions.sessionPresent = true;
        TestClient client = broker.open();
        client.send(with(version, "c", false, null));
        assertTrue(client.expect(Connack.class).sessionPresent());
    }

    /** [MQTT-3.1.0-1] [MQTT3-3.1.0-1] */
    @Test
    void closesWithoutAWordIfTheFirstPacketIsNotConnect() {
        new TestBroker().open().send(new Pingreq()).expectClosed();
    }

    /** [MQTT-3.1.0-2] [MQTT3-3.1.0-2] */
    @ParameterizedTest
    @EnumSource
    void endsTheConnectionAtASecondConnect(MqttVersion version) {
        TestBroker broker = new TestBroker();
        TestClient client = broker.open().in(version, "c").send(connect(version, "c"));
        if (version == MqttVersion.V5) {
            assertEquals(ReasonCode.PROTOCOL_ERROR, client.expect(Disconnect.class).reason());
        }
        client.expectClosed();
        assertEquals(1, broker.count(NetCount.PROTOCOL_ERRORS));
        assertFalse(broker.sessions.detached.getFirst().dropWill());
    }

    @Test
    void closesAConnectionOnWhichNoConnectComes() {
        TestBroker broker = new TestBroker();
        TestClient client = broker.open();
        broker.pass(9_999);
        client.expectOpen();
        broker.pass(1);
        client.expectClosed();
        assertEquals(1, broker.count(NetCount.CONNECT_TIMEOUTS));
    }

    /** [MQTT-3.1.2-2] [MQTT3-3.1.2-2] the answer has the form that the client reads. */
    @Test
    void refusesAnUnknownProtocolLevel() {
        TestClient old = new TestBroker().open();
        old.sendBytes(Unpooled.wrappedBuffer(new byte[] {0x10, 12, 0, 4, 'M', 'Q', 'T', 'T', 2}))
                .sendBytes(Unpooled.wrappedBuffer(new byte[] {2, 0, 0, 0, 0}));
        assertEquals(1, old.bytes()[3]);
        old.expectClosed();
    }

    /** [MQTT-3.1.3-6] [MQTT-3.1.3-7] [MQTT-3.2.2-16] */
    @Test
    void givesAnIdToAClientWithoutOne() {
        TestBroker broker = new TestBroker();
        TestClient first = broker.open().send(connect(MqttVersion.V5, ""));
        String given = first.expect(Connack.class).properties().assignedClientId();
        TestClient second = broker.open().send(connect(MqttVersion.V5, ""));
        assertNotEquals(given, second.expect(Connack.class).properties().assignedClientId());
        assertEquals(given, broker.sessions.requests.getFirst().clientId());
    }

    /** [MQTT3-3.1.3-6] */
    @Test
    void givesAnIdToACleanOldClientWithoutOne() {
        TestBroker broker = new TestBroker();
        broker.open().in(MqttVersion.V3_1_1, "");
        assertFalse(broker.sessions.last().clientId().isEmpty());
    }

    /** [MQTT3-3.1.3-8] [MQTT3-3.1.3-9] [MQTT3-3.2.2-4] [MQTT3-3.2.2-5] */
    @Test
    void refusesAnOldClientWithoutIdThatWantsItsSessionKept() {
        TestClient client = new TestBroker().open();
        client.send(with(MqttVersion.V3_1_1, "", false, null));
        client.expect(Connack.refused(ReasonCode.CLIENT_IDENTIFIER_NOT_VALID, null)).expectClosed();
    }

    /** [MQTT-3.1.3-8] where the operator wants ids. */
    @Test
    void refusesAnEmptyIdWhereTheOperatorWantsIds() {
        limits.emptyClientId = false;
        TestClient client = new TestBroker(limits).open().send(connect(MqttVersion.V5, ""));
        assertEquals(ReasonCode.CLIENT_IDENTIFIER_NOT_VALID, client.expect(Connack.class).reason());
        client.expectClosed();
    }

    /** [MQTT-3.2.2-12] */
    @Test
    void refusesAWillAboveTheMaximumQos() {
        limits.maximumQos = QoS.AT_LEAST_ONCE;
        Will will = new Will(WILL, QoS.EXACTLY_ONCE, false, 0, -1);
        expectRefused(with(MqttVersion.V5, "c", true, will), ReasonCode.QOS_NOT_SUPPORTED);
    }

    /** [MQTT-3.2.2-13] */
    @Test
    void refusesARetainedWillWhereNothingIsRetained() {
        limits.retainAvailable = false;
        Will will = new Will(WILL, QoS.AT_MOST_ONCE, true, 0, -1);
        expectRefused(with(MqttVersion.V5, "c", true, will), ReasonCode.RETAIN_NOT_SUPPORTED);
    }

    /** [MQTT-3.1.4-2] a will that the client could not publish itself. */
    @Test
    void refusesAWillWithoutPermission() {
        Message secret = Message.of(Topic.of("secret/x"), new byte[0]);
        Will will = new Will(secret, QoS.AT_MOST_ONCE, false, 0, -1);
        expectRefused(with(MqttVersion.V5, "c", true, will), ReasonCode.NOT_AUTHORIZED);
    }

    /** [MQTT-3.1.2-7] [MQTT3-3.1.2-8] the shard keeps it. */
    @Test
    void handsTheWillToTheShard() {
        TestBroker broker = new TestBroker();
        Will will = new Will(WILL, QoS.AT_LEAST_ONCE, true, 5, -1);
        broker.open().in(with(MqttVersion.V5, "c", true, will));
        assertEquals(will.qos(), broker.sessions.last().will().qos());
        assertEquals(5, broker.sessions.last().will().delaySeconds());
    }

    /** [MQTT-3.1.4-2] [MQTT-3.2.2-6] [MQTT-3.2.2-7] [MQTT3-3.2.2-4] [MQTT3-3.2.2-5] */
    @ParameterizedTest
    @EnumSource
    void refusesWhomItDoesNotBelieveAndIgnoresTheRest(MqttVersion version) {
        TestBroker broker = new TestBroker();
        TestClient client = broker.open();
        // [MQTT-3.1.4-6] [MQTT3-3.1.4-5]
        client.send(user(version, "eve"), publish("a", "x", QoS.AT_MOST_ONCE, 0));
        Connack connack = client.expect(Connack.class);
        assertEquals(ReasonCode.BAD_USER_NAME_OR_PASSWORD, connack.reason());
        assertNull(connack.properties().reasonString());
        client.expectClosed();
        assertEquals(0, broker.router.published.size());
        assertEquals(0, broker.sessions.requests.size());
        assertEquals(1, broker.count(NetCount.CONNECTS_REFUSED));
    }

    @Test
    void waitsForAnAnswerAboutThePasswordWithoutReadingOn() {
        TestBroker broker = new TestBroker();
        broker.access.later = true;
        TestClient client = broker.open();
        client.send(user(MqttVersion.V5, "bob"), new Pingreq()).expectNothing();
        assertFalse(client.channel().config().isAutoRead());
        broker.access.held.getFirst().run();
        client.expect(Connack.class);
        client.expect(new Pingresp());
        assertTrue(client.channel().config().isAutoRead());
        assertEquals("bob", broker.sessions.last().userName());
    }

    @Test
    void sendsAwayAClientThatCannotBeLetInInTime() {
        TestBroker broker = new TestBroker();
        broker.sessions.held = true;
        TestClient client = broker.open().send(connect(MqttVersion.V5, "c"));
        broker.pass(10_000);
        assertEquals(ReasonCode.UNSPECIFIED_ERROR, client.expect(Connack.class).reason());
        client.expectClosed();
    }

    /** A client that is gone before it was let in leaves nothing behind, not even its will. */
    @Test
    void detachesAClientThatLeftBeforeItWasLetIn() {
        TestBroker broker = new TestBroker();
        broker.sessions.held = true;
        TestClient client = broker.open().send(connect(MqttVersion.V5, "c"));
        client.lose();
        broker.sessions.answer(broker.sessions.last());
        broker.settle();
        assertEquals(
                new FakeSessions.Detached("c", 1, true, -1), broker.sessions.detached.getFirst());
    }

    @Test
    void refusesWhomTheShardRefuses() {
        TestBroker broker = new TestBroker();
        broker.sessions.held = true;
        TestClient client = broker.open().send(connect(MqttVersion.V5, "c"));
        broker.sessions.last().outlet().refused(ReasonCode.SERVER_BUSY, "full");
        assertEquals(ReasonCode.SERVER_BUSY, client.expect(Connack.class).reason());
        client.expectClosed();
    }

    /** [MQTT-3.1.4-3] [MQTT3-3.1.4-2] */
    @ParameterizedTest
    @EnumSource
    void endsTheOldConnectionOfAClientId(MqttVersion version) {
        TestBroker broker = new TestBroker();
        TestClient old = broker.open().in(version, "c");
        broker.open().in(version, "c").expectOpen();
        if (version == MqttVersion.V5) {
            assertEquals(ReasonCode.SESSION_TAKEN_OVER, old.expect(Disconnect.class).reason());
        }
        old.expectClosed();
        assertEquals(1, broker.count(NetCount.TAKEOVERS));
    }

    /** [MQTT-3.2.2-22] and the session expiry that the server sets. */
    @Test
    void tellsWhereItDoesNotFollowTheClientsWishes() {
        limits.keepAliveSecondsMax = 30;
        TestBroker broker = new TestBroker(limits);
        TestClient client = broker.open().send(keepAlive(MqttVersion.V5, 0));
        Connack cut = client.expect(Connack.class);
        assertEquals(30, cut.properties().serverKeepAliveSeconds());
        assertNull(cut.properties().sessionExpirySeconds());
        TestClient eternal =
                broker.open()
                        .send(
                                connect(
                                        "d",
                                        TestClient.properties(
                                                ConnectProperties.NEVER_EXPIRES,
                                                65_535,
                                                Integer.MAX_VALUE,
                                                0)));
        assertEquals(3_600L, eternal.expect(Connack.class).properties().sessionExpirySeconds());
        assertEquals(3_600, broker.sessions.last().sessionExpirySeconds());
        TestClient modest = broker.open().send(keepAlive(MqttVersion.V5, 20));
        assertNull(modest.expect(Connack.class).properties().serverKeepAliveSeconds());
    }

    /** [MQTT-3.2.2-9] and the other limits, all of which a 5.0 client is told. */
    @Test
    void tellsWhatItDoesNotDo() {
        limits.maximumQos = QoS.AT_LEAST_ONCE;
        limits.retainAvailable = false;
        limits.wildcards = false;
        limits.shared = false;
        limits.identifiers = false;
        TestClient client = new TestBroker(limits).open().send(connect(MqttVersion.V5, "c"));
        var told = client.expect(Connack.class).properties();
        assertEquals(QoS.AT_LEAST_ONCE, told.maximumQos());
        assertFalse(told.retainAvailable());
        assertFalse(told.wildcardSubscriptionAvailable());
        assertFalse(told.sharedSubscriptionAvailable());
        assertFalse(told.subscriptionIdentifiersAvailable());
        assertEquals(10, told.receiveMaximum());
        assertEquals(4, told.topicAliasMaximum());
        assertEquals(16_384, told.maximumPacketSize());
    }

    /** [MQTT-3.1.2-28] */
    @Test
    void givesResponseInformationOnlyToThoseWhoAsk() {
        limits.responseInformation = "answers/";
        TestBroker broker = new TestBroker(limits);
        TestClient silent = broker.open().send(connect(MqttVersion.V5, "a"));
        assertNull(silent.expect(Connack.class).properties().responseInformation());
        ConnectProperties asking =
                new ConnectProperties(
                        0, 10, Integer.MAX_VALUE, 0, true, true, null, null, UserProperties.NONE);
        TestClient curious = broker.open().send(connect("b", asking));
        assertEquals("answers/", curious.expect(Connack.class).properties().responseInformation());
    }

    /** [MQTT3-3.1.2-4] [MQTT3-3.1.2-6] which session of 3.x ends with its connection. */
    @ParameterizedTest
    @EnumSource(names = {"V3_1", "V3_1_1"})
    void keepsTheSessionOfAnOldClientThatIsNotClean(MqttVersion version) {
        TestBroker broker = new TestBroker();
        broker.open().in(with(version, "a", false, null));
        assertEquals(3_600, broker.sessions.last().sessionExpirySeconds());
        broker.open().in(with(version, "b", true, null));
        assertEquals(0, broker.sessions.last().sessionExpirySeconds());
    }

    /** [MQTT-3.2.2-15] here before CONNECT is even read whole: the connection just ends. */
    @Test
    void closesAtAConnectThatIsTooLarge() {
        new TestBroker()
                .open()
                .sendBytes(Unpooled.wrappedBuffer(new byte[] {0x10, (byte) 0xFF, 0x7F}))
                .expectClosed();
    }

    private void expectRefused(Connect connect, ReasonCode reason) {
        TestClient client = new TestBroker(limits).open().send(connect);
        assertEquals(reason, client.expect(Connack.class).reason());
        client.expectClosed();
    }

    /** [MQTT-3.1.4-1] [MQTT-3.14.0-1] the reserved connect flag is set: CONNACK, not DISCONNECT. */
    @Test
    void tellsAModernClientThatItsConnectIsMalformed() {
        TestClient client = new TestBroker().open();
        client.sendBytes(
                Unpooled.wrappedBuffer(
                        new byte[] {0x10, 13, 0, 4, 'M', 'Q', 'T', 'T', 5, 1, 0, 0, 0, 0, 0}));
        assertEquals(ReasonCode.MALFORMED_PACKET, client.expect(Connack.class).reason());
        client.expectClosed();
    }

    /** [MQTT3-3.1.4-1] [MQTT3-3.2.2-6] */
    @Test
    void tellsAnOldClientNothingIfItsConnectIsMalformed() {
        new TestBroker()
                .open()
                .sendBytes(
                        Unpooled.wrappedBuffer(
                                new byte[] {0x10, 12, 0, 4, 'M', 'Q', 'T', 'T', 4, 1, 0, 0, 0, 0}))
                .expectClosed();
    }

    /**
     * [MQTT-3.1.4-4] [MQTT3-3.1.4-3] the shard applies it; [MQTT3-3.2.2-3] and says what it found.
     */
    @ParameterizedTest
    @EnumSource
    void passesTheCleanStartOn(MqttVersion version) {
        TestBroker broker = new TestBroker();
        broker.open().in(with(version, "a", true, null));
        assertTrue(broker.sessions.last().cleanStart());
        TestClient kept = broker.open().send(with(version, "b", false, null));
        assertFalse(broker.sessions.last().cleanStart());
        assertFalse(kept.expect(Connack.class).sessionPresent());
    }

    /** [MQTT-3.12.4-1] [MQTT3-3.12.4-1] and [MQTT-3.2.0-2]: no second CONNACK comes. */
    @ParameterizedTest
    @EnumSource
    void answersAPing(MqttVersion version) {
        TestClient client = new TestBroker().open().in(version, "c");
        client.send(new Pingreq()).expect(new Pingresp());
        client.send(new Pingreq(), new Pingreq()).expect(new Pingresp()).expect(new Pingresp());
        client.expectNothing();
    }
}
