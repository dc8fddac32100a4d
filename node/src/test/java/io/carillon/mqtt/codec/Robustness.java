package io.carillon.mqtt.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.packet.Connect;
import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Suback;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * What must hold for any bytes whatever: the decoder gives a packet, asks for more, or refuses with
 * a reason, and throws nothing else; what it gives can be written and read again.
 */
final class Robustness {
    private Robustness() {}

    /** Decodes all that a fresh connection of that version makes of the bytes. */
    static void check(byte[] bytes, MqttVersion version, Side reader, boolean connected) {
        PacketDecoder decoder = new PacketDecoder(PacketTable.LIMITS, PacketTable.CLOCK, reader);
        if (connected && reader == Side.SERVER) {
            PacketTable.connect(decoder, version);
        }
        if (connected) {
            decoder.accepted(version, PacketTable.TOPIC_ALIAS_MAXIMUM);
        }
        ByteBuf in = Unpooled.wrappedBuffer(bytes);
        try {
            Packet packet = decoder.decode(in);
            while (packet != null) {
                writeAndReadAgain(packet, decoder.version(), reader);
                packet = decoder.decode(in);
            }
        } catch (MalformedPacket e) {
            assertTrue(e.reason().isError(), e.getMessage());
        }
        assertTrue(decoder.neededBytes() > in.readableBytes() || in.isReadable());
    }

    private static void writeAndReadAgain(Packet packet, MqttVersion version, Side reader)
            throws MalformedPacket {
        Side writer = reader == Side.SERVER ? Side.CLIENT : Side.SERVER;
        PacketEncoder encoder = new PacketEncoder(version, PacketTable.CLOCK, writer);
        ByteBuf out = Unpooled.buffer();
        int size = encoder.size(packet);
        assertEquals(size, encoder.encode(packet, out));
        assertEquals(size, out.readableBytes());
        PacketDecoder decoder = new PacketDecoder(PacketTable.LIMITS, PacketTable.CLOCK, reader);
        boolean connect = packet instanceof Connect;
        if (reader == Side.SERVER && !connect) {
            PacketTable.connect(decoder, version);
        }
        if (!connect) {
            decoder.accepted(version, 0);
        }
        Packet again = decoder.decode(out);
        // We read a refusal from a 3.1 server, but as one we would not write it.
        if (version != MqttVersion.V3_1 || !(packet instanceof Suback)) {
            assertEquals(PacketText.of(packet), PacketText.of(again));
        }
        assertEquals(0, out.readableBytes());
    }
}
