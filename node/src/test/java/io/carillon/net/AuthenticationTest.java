package io.carillon.net;

import static io.carillon.net.TestClient.connect;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.carillon.mqtt.packet.Auth;
import io.carillon.mqtt.packet.Connack;
import io.carillon.mqtt.packet.Connect;
import io.carillon.mqtt.packet.ConnectProperties;
import io.carillon.mqtt.packet.Disconnect;
import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Pingreq;
import io.carillon.mqtt.packet.Pingresp;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.UserProperties;
import org.junit.jupiter.api.Test;

/** Enhanced authentication before CONNACK, and again later. */
final class AuthenticationTest {
    private final TestBroker broker = new TestBroker();

    private static Connect method(String method) {
        return connect(
                "c",
                new ConnectProperties(
                        0,
                        10,
                        Integer.MAX_VALUE,
                        0,
                        false,
                        true,
                        method,
                        new byte[] {7},
                        UserProperties.NONE));
    }

    private static Auth auth(ReasonCode reason, String method, int data) {
        return new Auth(reason, method, new byte[] {(byte) data}, null, UserProperties.NONE);
    }

    private TestClient challenged() {
        TestClient client = broker.open().send(method("ECHO"));
        Auth challenge = client.expect(Auth.class);
        assertEquals(ReasonCode.CONTINUE_AUTHENTICATION, challenge.reason());
        assertEquals("ECHO", challenge.method());
        return client;
    }

    private TestClient in() {
        TestClient client = challenged();
        client.send(auth(ReasonCode.CONTINUE_AUTHENTICATION, "ECHO", 42));
        client.expect(Connack.class);
        return client;
    }

    /** [MQTT-4.12.0-1] */
    @Test
    void refusesAMethodThatItDoesNotKnow() {
        TestClient client = broker.open().send(method("OTHER"));
        assertEquals(ReasonCode.BAD_AUTHENTICATION_METHOD, client.expect(Connack.class).reason());
        client.expectClosed();
    }

    /** [MQTT-4.12.0-2] [MQTT-4.12.0-3] [MQTT-4.12.0-5] */
    @Test
    void asksUntilItBelieves() {
        TestClient client = challenged();
        client.send(auth(ReasonCode.CONTINUE_AUTHENTICATION, "ECHO", 42));
        Connack connack = client.expect(Connack.class);
        assertEquals(ReasonCode.SUCCESS, connack.reason());
        assertEquals("ECHO", connack.properties().authenticationMethod());
        assertArrayEquals(new byte[] {1}, connack.properties().authenticationData());
        client.send(new Pingreq()).expect(new Pingresp());
    }

    /** [MQTT-4.12.0-4] */
    @Test
    void refusesAWrongAnswer() {
        TestClient client = challenged();
        client.send(auth(ReasonCode.CONTINUE_AUTHENTICATION, "ECHO", 41));
        assertEquals(ReasonCode.NOT_AUTHORIZED, client.expect(Connack.class).reason());
        client.expectClosed();
    }

    /** [MQTT-3.1.2-30] */
    @Test
    void takesNothingButAuthMeanwhile() {
        TestClient client = challenged().send(new Pingreq());
        assertEquals(ReasonCode.PROTOCOL_ERROR, client.expect(Connack.class).reason());
        client.expectClosed();
    }

    /** [MQTT-3.1.2-30] a client may give up, too. */
    @Test
    void letsAClientGiveUp() {
        challenged().send(new Disconnect(ReasonCode.SUCCESS, null)).expectClosed();
    }

    /** [MQTT-4.12.0-5] */
    @Test
    void takesNoOtherMethodInBetween() {
        TestClient client = challenged();
        client.send(auth(ReasonCode.CONTINUE_AUTHENTICATION, "OTHER", 42));
        assertEquals(ReasonCode.PROTOCOL_ERROR, client.expect(Connack.class).reason());
        client.expectClosed();
    }

    /** [MQTT-4.12.0-6] [MQTT-4.12.0-7] */
    @Test
    void knowsNoAuthWithoutAMethod() {
        TestClient client = broker.open().send(connect(MqttVersion.V5, "c"));
        assertNull(client.expect(Connack.class).properties().authenticationMethod());
        client.send(auth(ReasonCode.RE_AUTHENTICATE, "ECHO", 1));
        assertEquals(ReasonCode.PROTOCOL_ERROR, client.expect(Disconnect.class).reason());
        client.expectClosed();
    }

    @Test
    void authenticatesAgainWhileOtherPacketsGoOn() {
        TestClient client = in();
        client.send(auth(ReasonCode.RE_AUTHENTICATE, "ECHO", 1), new Pingreq());
        assertEquals(ReasonCode.CONTINUE_AUTHENTICATION, client.expect(Auth.class).reason());
        client.expect(new Pingresp());
        client.send(auth(ReasonCode.CONTINUE_AUTHENTICATION, "ECHO", 42));
        assertEquals(ReasonCode.SUCCESS, client.expect(Auth.class).reason());
        client.expectOpen();
    }

    /** [MQTT-4.12.1-1] */
    @Test
    void takesNoOtherMethodTheSecondTime() {
        TestClient client = in().send(auth(ReasonCode.RE_AUTHENTICATE, "OTHER", 1));
        assertEquals(ReasonCode.PROTOCOL_ERROR, client.expect(Disconnect.class).reason());
        client.expectClosed();
    }

    /** [MQTT-4.12.1-2] */
    @Test
    void endsTheConnectionIfTheSecondTimeFails() {
        TestClient client = in().send(auth(ReasonCode.RE_AUTHENTICATE, "ECHO", 1));
        client.expect(Auth.class);
        client.send(auth(ReasonCode.CONTINUE_AUTHENTICATION, "ECHO", 9));
        assertEquals(ReasonCode.NOT_AUTHORIZED, client.expect(Disconnect.class).reason());
        client.expectClosed();
    }

    @Test
    void takesNoAnswerThatItDidNotAskFor() {
        TestClient client = in().send(auth(ReasonCode.CONTINUE_AUTHENTICATION, "ECHO", 42));
        assertEquals(ReasonCode.PROTOCOL_ERROR, client.expect(Disconnect.class).reason());
        client.expectClosed();
    }
}
