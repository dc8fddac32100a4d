package io.carillon.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.packet.Connack;
import io.carillon.mqtt.packet.Connect;
import io.carillon.mqtt.packet.ConnectProperties;
import io.carillon.mqtt.packet.Disconnect;
import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Pingreq;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.UserProperties;
import io.carillon.testing.RawConnection;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How connections end, on either side's word. */
final class DisconnectStatementsTest {
    @RegisterExtension static final Node NODE = new Node();

    /**
     * Reserved flags in DISCONNECT; PUBREL, SUBSCRIBE and UNSUBSCRIBE with the flags 0; a SUBSCRIBE
     * without filters: told by 0x81 or 0x82 without a session expiry, then nothing more
     * [MQTT-3.14.1-1] [MQTT-3.14.2-2] [MQTT-3.14.4-1] [MQTT-3.14.4-2] [MQTT-4.13.1-1]
     * [MQTT-4.13.2-1] [MQTT-3.6.1-1] [MQTT-3.8.1-1] [MQTT-3.10.1-1] [MQTT-3.8.3-2].
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "e100",
                "60020001",
                "80070001000001" + "6100",
                "a0060001000001" + "61",
                "8203000100"
            })
    void whatIsMalformedIsToldAndEnds(String packet) throws IOException {
        Peer peer = NODE.connect(Hello.from(MqttVersion.V5, "malformed").durable().build());
        peer.connection().send(HexFormat.of().parseHex(packet));
        peer.send(new Pingreq());
        Disconnect disconnect = peer.expect(Disconnect.class);
        assertTrue(
                disconnect.reason() == ReasonCode.MALFORMED_PACKET
                        || disconnect.reason() == ReasonCode.PROTOCOL_ERROR,
                disconnect.toString());
        assertEquals(-1, disconnect.sessionExpirySeconds());
        peer.connection().expectClosed();
    }

    /**
     * The same in 3.1.1, without a word [MQTT3-3.14.1-1] [MQTT3-3.6.1-1] [MQTT3-3.8.1-1]
     * [MQTT3-3.10.1-1] [MQTT3-3.8.3-3] [MQTT3-2.2.2-2] [MQTT3-4.8.0-1].
     */
    @ParameterizedTest
    @ValueSource(
            strings = {"e100", "60020001", "8006000100016100", "a00500010001" + "61", "82020001"})
    void whatIsMalformedEnds(String packet) throws IOException {
        Peer peer = NODE.connect(Hello.from(MqttVersion.V3_1_1, "malformed").build());
        peer.connection().send(HexFormat.of().parseHex(packet));
        peer.connection().expectClosed();
    }

    /** The will goes out, though this is a goodbye. */
    @Test
    void disconnectWithWillPublishesIt() throws IOException {
        Peer watcher = NODE.connect(MqttVersion.V5, "");
        watcher.subscribe("testament", QoS.AT_LEAST_ONCE);
        Peer peer =
                NODE.connect(
                        Hello.from(MqttVersion.V5, "leaving")
                                .will("testament", "all is yours", QoS.AT_LEAST_ONCE, false)
                                .build());
        peer.send(new Disconnect(ReasonCode.DISCONNECT_WITH_WILL, null));
        peer.connection().expectClosed();
        watcher.expectMessage("all is yours");
    }

    /** The last word on the session's expiry is DISCONNECT's [MQTT-4.1.0-2]. */
    @Test
    void disconnectMayEndTheSession() throws IOException {
        Hello hello = Hello.from(MqttVersion.V5, "ending").durable();
        Peer peer = NODE.connect(hello.build());
        peer.send(new Disconnect(ReasonCode.SUCCESS, 0, null, UserProperties.NONE, null));
        peer.connection().expectClosed();
        assertFalse(NODE.connect(hello.build()).connack().sessionPresent());
    }

    /** An expiry that CONNECT did not have cannot be had any more. */
    @Test
    void disconnectMayNotMakeASession() throws IOException {
        Peer peer = NODE.connect(MqttVersion.V5, "late");
        peer.send(new Disconnect(ReasonCode.SUCCESS, 60, null, UserProperties.NONE, null));
        assertEquals(ReasonCode.PROTOCOL_ERROR, peer.expect(Disconnect.class).reason());
        peer.connection().expectClosed();
    }

    /** The broker closes, if the client waits for it, and says nothing. */
    @ParameterizedTest
    @EnumSource
    void goodbyeClosesInSilence(MqttVersion version) throws IOException {
        Peer peer = NODE.connect(version, "polite");
        peer.send(new Disconnect(ReasonCode.SUCCESS, null));
        peer.connection().expectClosed();
    }

    /** [MQTT-4.12.0-1] [MQTT-3.14.0-1]: a CONNACK, no DISCONNECT. */
    @Test
    void anUnknownAuthenticationMethodIsRefused() throws IOException {
        ConnectProperties properties =
                new ConnectProperties(
                        0, 10, 10_000, 0, false, true, "UNKNOWN", null, UserProperties.NONE);
        RawConnection connection = NODE.open(MqttVersion.V5);
        connection.send(new Connect(MqttVersion.V5, "a", true, 0, null, null, null, properties));
        assertEquals(
                ReasonCode.BAD_AUTHENTICATION_METHOD, connection.expect(Connack.class).reason());
        connection.expectClosed();
    }

    /** [MQTT-4.12.0-7]: who named no method sends no AUTH. */
    @Test
    void authWithoutAMethodIsAnError() throws IOException {
        Peer peer = NODE.connect(MqttVersion.V5, "unasked");
        peer.connection().send(HexFormat.of().parseHex("f006180415000161"));
        assertEquals(ReasonCode.PROTOCOL_ERROR, peer.expect(Disconnect.class).reason());
        peer.connection().expectClosed();
    }
}
