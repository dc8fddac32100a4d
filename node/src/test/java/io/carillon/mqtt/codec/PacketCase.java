package io.carillon.mqtt.codec;

import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Packet;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One packet by name: its bytes, who reads them, and what comes of it: either a packet or a named
 * malformation.
 *
 * @param canonical whether our encoder makes the same bytes of the packet
 */
public record PacketCase(
        String name,
        MqttVersion version,
        Side reader,
        byte[] bytes,
        @Nullable Packet packet,
        @Nullable Malformation malformation,
        boolean canonical) {

    /** A packet that is read and written in just these bytes. */
    static PacketCase valid(
            String name, MqttVersion version, Side reader, String notation, Packet packet) {
        byte[] bytes = Notation.bytes(notation);
        return new PacketCase(name, version, reader, bytes, packet, null, true);
    }

    /** A packet that is read, and that we would write otherwise. */
    static PacketCase readable(
            String name, MqttVersion version, Side reader, String notation, Packet packet) {
        byte[] bytes = Notation.bytes(notation);
        return new PacketCase(name, version, reader, bytes, packet, null, false);
    }

    static PacketCase malformed(
            String name, MqttVersion version, Side reader, String notation, Malformation cause) {
        byte[] bytes = Notation.bytes(notation);
        return new PacketCase(name, version, reader, bytes, null, cause, false);
    }

    public boolean isValid() {
        return packet != null;
    }

    /** The packet of a valid case. */
    public Packet expected() {
        return Objects.requireNonNull(packet, name);
    }

    /** The bytes in a buffer that needs no release. */
    public ByteBuf buffer() {
        return Unpooled.wrappedBuffer(bytes);
    }

    boolean isConnect() {
        return (bytes[0] & 0xF0) == 0x10;
    }

    /** A decoder in the state in which such a packet comes. */
    PacketDecoder decoder() {
        PacketDecoder decoder = new PacketDecoder(PacketTable.LIMITS, PacketTable.CLOCK, reader);
        if (reader == Side.SERVER && !isConnect()) {
            PacketTable.connect(decoder, version);
        }
        if (!isConnect()) {
            decoder.accepted(version, PacketTable.TOPIC_ALIAS_MAXIMUM);
        }
        return decoder;
    }

    /** An encoder for the other side of the connection. */
    PacketEncoder encoder() {
        Side writer = reader == Side.SERVER ? Side.CLIENT : Side.SERVER;
        PacketEncoder encoder = new PacketEncoder(version, PacketTable.CLOCK, writer);
        encoder.peer(Integer.MAX_VALUE, true, PacketTable.TOPIC_ALIAS_MAXIMUM);
        return encoder;
    }

    @Override
    public String toString() {
        return name + " " + HexFormat.of().formatHex(bytes, 0, Math.min(40, bytes.length));
    }
}
