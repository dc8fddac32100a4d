package io.carillon.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.carillon.mqtt.packet.Connack;
import io.carillon.mqtt.packet.Disconnect;
import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Pingreq;
import io.carillon.mqtt.packet.Pingresp;
import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.testing.RawConnection;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How clients are let in and turned away. */
final class ConnectStatementsTest {
    @RegisterExtension static final Node NODE = new Node();

    /** [MQTT-3.12.4-1] [MQTT3-3.12.4-1]. */
    @ParameterizedTest
    @EnumSource
    void aPingIsAnswered(MqttVersion version) throws IOException {
        for (Hello hello : new Hello[] {hello(version), hello(version).durable()}) {
            Peer peer = NODE.connect(hello.build());
            peer.send(new Pingreq());
            peer.expect(Pingresp.class);
        }
    }

    /**
     * A will QoS of 3, a reserved flag, a will retain flag without will, a user name that is cut
     * off: closed, and in 3.1.1 without a CONNACK [MQTT3-3.1.4-1] [MQTT3-3.2.2-6] [MQTT3-4.8.0-1].
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "00044d515454041e0000000161000174000170",
                "00044d51545404030000000161",
                "00044d51545404220000000161",
                "00044d51545404820000000161000575",
            })
    void aMalformedConnectClosesInSilence(String body) throws IOException {
        RawConnection connection = NODE.open(MqttVersion.V3_1_1);
        connection.send(connect(body));
        connection.expectClosed();
    }

    /**
     * The same in 5.0, where a CONNACK may say why, and a DISCONNECT may not [MQTT-3.1.4-1]
     * [MQTT-3.2.2-6] [MQTT-3.2.2-7] [MQTT-3.14.0-1] [MQTT-4.13.1-1].
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "00044d515454051e00000000016100000174000170",
                "00044d5154540503000000000161",
                "00044d5154540522000000000161",
                "00044d5154540582000000000161000575",
            })
    void aMalformedConnectIsRefused(String body) throws IOException {
        RawConnection connection = NODE.open(MqttVersion.V5);
        connection.send(connect(body));
        Connack connack = connection.expect(Connack.class);
        assertEquals(ReasonCode.MALFORMED_PACKET, connack.reason());
        assertFalse(connack.sessionPresent());
        connection.expectClosed();
    }

    /** A CONNECT of that variable header and payload. */
    private static byte[] connect(String body) {
        return HexFormat.of().parseHex("10%02x%s".formatted(body.length() / 2, body));
    }

    /** [MQTT-3.1.0-1] [MQTT-3.14.0-1] [MQTT3-3.1.0-1]: nothing is sent to whom nobody knows. */
    @ParameterizedTest
    @EnumSource
    void whatIsNoConnectCloses(MqttVersion version) throws IOException {
        RawConnection connection = NODE.open(version);
        connection.send(new Pingreq());
        connection.expectClosed();
    }

    /** The second one gets no CONNACK [MQTT-3.1.0-2] [MQTT-3.2.0-2] [MQTT3-3.1.0-2]. */
    @ParameterizedTest
    @EnumSource
    void aSecondConnectEndsTheConnection(MqttVersion version) throws IOException {
        Peer peer = NODE.connect(hello(version).build());
        peer.send(hello(version).build());
        if (version.hasProperties()) {
            assertEquals(ReasonCode.PROTOCOL_ERROR, peer.expect(Disconnect.class).reason());
        }
        peer.connection().expectClosed();
    }

    /** [MQTT-3.1.4-3] [MQTT3-3.1.4-2]. */
    @ParameterizedTest
    @EnumSource
    void anotherConnectionTakesOver(MqttVersion version) throws IOException {
        Peer old = NODE.connect(version, "taken");
        Peer young = NODE.connect(version, "taken");
        if (version.hasProperties()) {
            assertEquals(ReasonCode.SESSION_TAKEN_OVER, old.expect(Disconnect.class).reason());
        }
        old.connection().expectClosed();
        young.expectNothing();
    }

    /** [MQTT-3.1.3-6] [MQTT-3.1.3-7] [MQTT-3.2.2-16]. */
    @Test
    void emptyClientIdsAreReplaced() throws IOException {
        String first = NODE.connect(MqttVersion.V5, "").connack().properties().assignedClientId();
        String second = NODE.connect(MqttVersion.V5, "").connack().properties().assignedClientId();
        assertNotEquals(first, second);
        assertFalse(first.isEmpty());
    }

    /** [MQTT3-3.1.3-6] [MQTT3-3.1.3-8] [MQTT3-3.2.2-4] [MQTT3-3.2.2-5]. */
    @Test
    void anEmptyClientIdNeedsACleanSession() throws IOException {
        NODE.connect(MqttVersion.V3_1_1, "").expectNothing();
        RawConnection connection = NODE.open(MqttVersion.V3_1_1);
        connection.send(Hello.from(MqttVersion.V3_1_1, "").durable().build());
        Connack connack = connection.expect(Connack.class);
        assertEquals(ReasonCode.CLIENT_IDENTIFIER_NOT_VALID, connack.reason());
        assertFalse(connack.sessionPresent());
        connection.expectClosed();
    }

    /** [MQTT-3.1.2-2] [MQTT3-3.1.2-2]. */
    @Test
    void anUnknownVersionIsRefused() throws IOException {
        RawConnection connection = NODE.open(MqttVersion.V5);
        connection.send(connect("00044d5154540602000000000161"));
        Connack connack = connection.expect(Connack.class);
        assertEquals(ReasonCode.UNSUPPORTED_PROTOCOL_VERSION, connack.reason());
        connection.expectClosed();
    }

    /** All bytes, in order, both ways [MQTT-4.2.0-1] [MQTT3-7.1.1-1]. */
    @ParameterizedTest
    @EnumSource
    void theTransportLosesNothing(MqttVersion version) throws IOException {
        int messages = 500;
        Peer peer = NODE.connect(version, "transport");
        peer.subscribe("transport", QoS.AT_MOST_ONCE);
        for (int i = 1; i <= messages; i++) {
            String payload = Integer.toString(i).repeat(100);
            peer.send(Peer.publish("transport", payload, QoS.AT_LEAST_ONCE, false, i));
        }
        int acknowledged = 0;
        int delivered = 0;
        while (acknowledged < messages || delivered < messages) {
            switch (peer.connection().receive(RawConnection.DEADLINE).orElseThrow()) {
                case Puback puback -> assertEquals(++acknowledged, puback.packetId());
                case Publish publish ->
                        assertEquals(
                                Integer.toString(++delivered).repeat(100),
                                new String(publish.message().payload(), UTF_8));
                default -> throw new AssertionError("neither PUBACK nor PUBLISH");
            }
        }
    }

    private static Hello hello(MqttVersion version) {
        return Hello.from(version, "someone");
    }
}
