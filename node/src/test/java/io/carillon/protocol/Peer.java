package io.carillon.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.carillon.mqtt.packet.Connack;
import io.carillon.mqtt.packet.Connect;
import io.carillon.mqtt.packet.Disconnect;
import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Pingreq;
import io.carillon.mqtt.packet.Pingresp;
import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.Pubcomp;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.Pubrec;
import io.carillon.mqtt.packet.Pubrel;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Suback;
import io.carillon.mqtt.packet.Subscribe;
import io.carillon.mqtt.packet.SubscriptionOptions;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.UserProperties;
import io.carillon.testing.RawConnection;
import java.io.IOException;
import java.util.List;

/** A client that is let in. It sends what the test says, and answers nothing by itself. */
final class Peer {
    private final RawConnection connection;
    private final Connack connack;
    private int lastPacketId = 1_000;

    private Peer(RawConnection connection, Connack connack) {
        this.connection = connection;
        this.connack = connack;
    }

    static Peer connect(RawConnection connection, Connect packet) throws IOException {
        connection.send(packet);
        Connack connack = connection.expect(Connack.class);
        assertEquals(ReasonCode.SUCCESS, connack.reason());
        return new Peer(connection, connack);
    }

    Connack connack() {
        return connack;
    }

    RawConnection connection() {
        return connection;
    }

    void send(Packet packet) throws IOException {
        connection.send(packet);
    }

    <P extends Packet> P expect(Class<P> type) throws IOException {
        return connection.expect(type);
    }

    /** Subscribes to one filter and waits for the answer. */
    void subscribe(String filter, QoS qos) throws IOException {
        assertEquals(
                List.of(ReasonCode.granted(qos)), subscribe(filter, SubscriptionOptions.of(qos)));
    }

    List<ReasonCode> subscribe(String filter, SubscriptionOptions options) throws IOException {
        int packetId = ++lastPacketId;
        send(
                new Subscribe(
                        packetId,
                        List.of(new Subscribe.Request(filter, options)),
                        0,
                        UserProperties.NONE));
        Suback suback = expect(Suback.class);
        assertEquals(packetId, suback.packetId());
        return suback.reasons();
    }

    /** Publishes a message and goes through all its acknowledgements. */
    void publish(String topic, String payload, QoS qos, boolean retain) throws IOException {
        int packetId = qos.acknowledged() ? ++lastPacketId : 0;
        send(publish(topic, payload, qos, retain, packetId));
        switch (qos) {
            case AT_MOST_ONCE -> {}
            case AT_LEAST_ONCE -> assertEquals(packetId, expect(Puback.class).packetId());
            case EXACTLY_ONCE -> {
                assertEquals(packetId, expect(Pubrec.class).packetId());
                send(new Pubrel(packetId));
                assertEquals(packetId, expect(Pubcomp.class).packetId());
            }
        }
    }

    void publish(String topic, String payload, QoS qos) throws IOException {
        publish(topic, payload, qos, false);
    }

    static Publish publish(String topic, String payload, QoS qos, boolean retain, int packetId) {
        Message message = Message.of(Topic.of(topic), payload.getBytes(UTF_8));
        return new Publish(message, qos, retain, false, packetId);
    }

    /** The next packet is a PUBLISH with that payload; it is not acknowledged. */
    Publish expectMessage(String payload) throws IOException {
        Publish publish = expect(Publish.class);
        assertEquals(payload, new String(publish.message().payload(), UTF_8));
        return publish;
    }

    /** Nothing is on its way: the next packet answers PINGREQ. */
    void expectNothing() throws IOException {
        send(new Pingreq());
        expect(Pingresp.class);
    }

    /** Says goodbye and waits until the broker has closed. */
    void disconnect() throws IOException {
        send(new Disconnect(ReasonCode.SUCCESS, null));
        connection.awaitClosed();
    }

    /** Vanishes. */
    void drop() {
        connection.close();
    }
}
