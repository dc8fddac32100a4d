package io.carillon.jmh.subject;

import io.carillon.mqtt.codec.DecoderLimits;
import io.carillon.mqtt.codec.PacketDecoder;
import io.carillon.mqtt.codec.PacketEncoder;
import io.carillon.mqtt.codec.Side;
import io.carillon.mqtt.packet.Connect;
import io.carillon.mqtt.packet.ConnectProperties;
import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.MessageProperties;
import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Topic;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/** Packets as clients send them, and their bytes in direct buffers, where sockets put them. */
final class Sample {
    static final InstantSource CLOCK = InstantSource.system();
    static final String TOPIC = "plant/7/line/3/temperature";
    private static final int ALIASES_MAX = 16;

    private Sample() {}

    static Publish publish(String topic, QoS qos, int payloadBytes, MessageProperties properties) {
        Message message =
                new Message(Topic.of(topic), new byte[payloadBytes], properties, Message.NEVER);
        return new Publish(message, qos, false, false, qos.acknowledged() ? 1 : 0);
    }

    /** A content type and two user properties, 52 bytes. */
    static MessageProperties properties() {
        ByteBuf bytes = Unpooled.buffer();
        bytes.writeByte(0x03);
        text(bytes, "application/cbor");
        for (String name : new String[] {"site", "unit"}) {
            bytes.writeByte(0x26);
            text(bytes, name);
            text(bytes, "hall-7c");
        }
        byte[] encoded = new byte[bytes.readableBytes()];
        bytes.readBytes(encoded);
        return MessageProperties.ofChecked(encoded);
    }

    private static void text(ByteBuf bytes, String text) {
        bytes.writeShort(text.length());
        bytes.writeCharSequence(text, StandardCharsets.US_ASCII);
    }

    static Connect connect(MqttVersion version, String clientId) {
        return new Connect(version, clientId, true, 0, null, null, null, ConnectProperties.DEFAULT);
    }

    /** The bytes of a packet, so many times, as a client sends them. */
    static ByteBuf bytes(MqttVersion version, Packet packet, int times) {
        PacketEncoder encoder = new PacketEncoder(version, CLOCK, Side.CLIENT);
        ByteBuf bytes = PooledByteBufAllocator.DEFAULT.directBuffer();
        for (int i = 0; i < times; i++) {
            if (encoder.encode(packet, bytes) == 0) {
                throw new IllegalArgumentException(packet + " is no packet of " + version);
            }
        }
        return bytes;
    }

    /** A server's decoder that has had its CONNECT. */
    static PacketDecoder decoder(MqttVersion version) throws Exception {
        PacketDecoder decoder = new PacketDecoder(DecoderLimits.DEFAULT, CLOCK, Side.SERVER);
        ByteBuf connect = bytes(version, connect(version, "client"), 1);
        decoder.decode(connect);
        connect.release();
        decoder.accepted(version, ALIASES_MAX);
        return decoder;
    }
}
