package io.carillon.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.codec.MalformedPacket;
import io.carillon.mqtt.codec.PacketDecoder;
import io.carillon.mqtt.codec.PacketEncoder;
import io.carillon.mqtt.codec.Side;
import io.carillon.mqtt.packet.Connack;
import io.carillon.mqtt.packet.Connect;
import io.carillon.mqtt.packet.ConnectProperties;
import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Suback;
import io.carillon.mqtt.packet.Subscribe;
import io.carillon.mqtt.packet.SubscriptionOptions;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.UserProperties;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** A client whose transcript a test writes: packets sent, and packets that must come then. */
final class TestClient {
    private final TestBroker broker;
    private final EmbeddedChannel channel;
    private final ByteBuf incoming = Unpooled.buffer();
    private final Queue<Packet> received = new ArrayDeque<>();
    private PacketEncoder encoder;
    private PacketDecoder decoder;

    TestClient(TestBroker broker, EmbeddedChannel channel) {
        this.broker = broker;
        this.channel = channel;
        version(MqttVersion.V5);
    }

    EmbeddedChannel channel() {
        return channel;
    }

    private void version(MqttVersion version) {
        encoder = new PacketEncoder(version, broker.clock, Side.CLIENT);
        encoder.peer(Integer.MAX_VALUE, true, 65_535);
        decoder = new PacketDecoder(TestBroker.DECODER_LIMITS, broker.clock, Side.CLIENT);
        decoder.accepted(version, 65_535);
    }

    /** Sends packets in one go. */
    TestClient send(Packet... packets) {
        ByteBuf bytes = Unpooled.buffer();
        for (Packet packet : packets) {
            if (packet instanceof Connect connect) {
                version(connect.version());
            }
            encoder.encode(packet, bytes);
        }
        return sendBytes(bytes);
    }

    TestClient sendBytes(ByteBuf bytes) {
        channel.writeInbound(bytes);
        broker.settle();
        return this;
    }

    /** The next packet from the server must be this one. */
    TestClient expect(Packet packet) {
        assertEquals(packet, next());
        return this;
    }

    <T extends Packet> T expect(Class<T> type) {
        return assertInstanceOf(type, next());
    }

    private Packet next() {
        read();
        Packet packet = received.poll();
        assertTrue(packet != null, "no packet came");
        return packet;
    }

    TestClient expectNothing() {
        read();
        assertEquals(List.of(), new ArrayList<>(received));
        return this;
    }

    TestClient expectOpen() {
        assertTrue(channel.isOpen());
        return this;
    }

    /** Nothing more comes, and the connection is closed. */
    TestClient expectClosed() {
        expectNothing();
        assertFalse(channel.isOpen());
        return this;
    }

    List<Packet> all() {
        read();
        List<Packet> all = new ArrayList<>(received);
        received.clear();
        return all;
    }

    /** Takes over what the server sent, so that no buffer of its is left behind. */
    void drain() {
        for (ByteBuf bytes = channel.readOutbound();
                bytes != null;
                bytes = channel.readOutbound()) {
            incoming.writeBytes(bytes);
            bytes.release();
        }
    }

    /** What the server sent, undecoded. */
    byte[] bytes() {
        broker.settle();
        byte[] bytes = new byte[incoming.readableBytes()];
        incoming.readBytes(bytes);
        return bytes;
    }

    private void read() {
        broker.settle();
        try {
            for (Packet packet = decoder.decode(incoming);
                    packet != null;
                    packet = decoder.decode(incoming)) {
                received.add(packet);
            }
        } catch (MalformedPacket e) {
            throw new AssertionError(e);
        }
    }

    // Short forms.

    static Connect connect(MqttVersion version, String clientId) {
        return new Connect(version, clientId, true, 0, null, null, null, ConnectProperties.DEFAULT);
    }

    static ConnectProperties properties(
            long sessionExpiry, int receiveMaximum, int maximumPacketSize, int topicAliasMaximum) {
        return new ConnectProperties(
                sessionExpiry,
                receiveMaximum,
                maximumPacketSize,
                topicAliasMaximum,
                false,
                true,
                null,
                null,
                UserProperties.NONE);
    }

    static Connect connect(String clientId, ConnectProperties properties) {
        return new Connect(MqttVersion.V5, clientId, true, 0, null, null, null, properties);
    }

    /** Connects with a clean session. */
    TestClient in(MqttVersion version, String clientId) {
        return in(connect(version, clientId));
    }

    TestClient in(Connect connect) {
        send(connect);
        assertEquals(ReasonCode.SUCCESS, expect(Connack.class).reason());
        return this;
    }

    /** Subscribes to one filter and takes the SUBACK. */
    TestClient subscribed(String filter, QoS qos) {
        return subscribed(filter, SubscriptionOptions.of(qos), 0);
    }

    TestClient subscribed(String filter, SubscriptionOptions options, int identifier) {
        send(subscribe(filter, options, identifier));
        ReasonCode granted = ReasonCode.granted(options.maximumQos());
        assertEquals(List.of(granted), expect(Suback.class).reasons());
        return this;
    }

    static Subscribe subscribe(String filter, SubscriptionOptions options, int identifier) {
        return new Subscribe(
                77,
                List.of(new Subscribe.Request(filter, options)),
                identifier,
                UserProperties.NONE);
    }

    static Publish publish(String topic, String payload, QoS qos, int packetId) {
        return publish(topic, payload, qos, packetId, false);
    }

    static Publish publish(String topic, String payload, QoS qos, int packetId, boolean retain) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        return new Publish(Message.of(Topic.of(topic), bytes), qos, retain, false, packetId);
    }

    void lose() {
        var _ = channel.close();
        broker.settle();
    }
}
