package io.carillon.mqtt.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.carillon.mqtt.packet.Packet;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every packet of the table, read and written. */
class PacketTableTest {
    static Stream<PacketCase> valid() {
        return PacketTable.valid();
    }

    static Stream<PacketCase> malformed() {
        return PacketTable.malformed();
    }

    @ParameterizedTest
    @MethodSource("valid")
    void aValidPacketIsDecoded(PacketCase valid) throws MalformedPacket {
        ByteBuf in = valid.buffer();
        Packet packet = valid.decoder().decode(in);
        assertEquals(PacketText.of(valid.expected()), PacketText.of(packet));
        assertEquals(0, in.readableBytes(), "all consumed");
    }

    /** [MQTT-4.13.1-1] [MQTT3-4.8.0-1] a malformed packet is found; the connection ends with it. */
    @ParameterizedTest
    @MethodSource("malformed")
    void aMalformedPacketIsRefusedByName(PacketCase malformed) {
        PacketDecoder decoder = malformed.decoder();
        ByteBuf in = malformed.buffer();
        MalformedPacket refusal = assertThrows(MalformedPacket.class, () -> decoder.decode(in));
        assertEquals(malformed.malformation(), refusal.malformation(), refusal.getMessage());
        assertEquals(malformed.bytes().length, in.readableBytes(), "nothing consumed");
    }

    @ParameterizedTest
    @MethodSource("valid")
    void aValidPacketIsEncoded(PacketCase valid) throws MalformedPacket {
        PacketEncoder encoder = valid.encoder();
        ByteBuf out = Unpooled.buffer();
        int announced = encoder.size(valid.expected());
        int written = encoder.encode(valid.expected(), out);
        assertEquals(announced, written);
        assertEquals(written, out.readableBytes());
        if (valid.canonical()) {
            assertEquals(HexFormat.of().formatHex(valid.bytes()), ByteBufUtil.hexDump(out));
        }
        Packet again = valid.decoder().decode(out);
        assertEquals(PacketText.of(valid.expected()), PacketText.of(again));
    }

    @ParameterizedTest
    @MethodSource("valid")
    void aPacketThatComesByteByByteIsDecodedOnceItIsWhole(PacketCase valid) throws MalformedPacket {
        PacketDecoder decoder = valid.decoder();
        ByteBuf in = Unpooled.buffer();
        in.writeZero(3).skipBytes(3);
        for (int i = 0; i < valid.bytes().length - 1; i++) {
            in.writeByte(valid.bytes()[i]);
            assertNull(decoder.decode(in), "after byte " + i);
            assertEquals(3, in.readerIndex(), "nothing consumed");
        }
        in.writeByte(valid.bytes()[valid.bytes().length - 1]);
        assertEquals(PacketText.of(valid.expected()), PacketText.of(decoder.decode(in)));
    }

    @ParameterizedTest
    @MethodSource("valid")
    void aTruncatedPacketIsNeitherDecodedNorConsumedNorRefused(PacketCase valid)
            throws MalformedPacket {
        for (int length = 0; length < valid.bytes().length; length++) {
            ByteBuf in = Unpooled.wrappedBuffer(valid.bytes(), 0, length);
            assertNull(valid.decoder().decode(in));
            assertEquals(length, in.readableBytes());
        }
    }

    @ParameterizedTest
    @MethodSource("valid")
    void packetsInOneBufferAreDecodedOneByOne(PacketCase valid) throws MalformedPacket {
        PacketDecoder decoder = valid.decoder();
        int size = valid.bytes().length;
        ByteBuf in = Unpooled.directBuffer().writeBytes(valid.bytes());
        in.writeBytes(valid.isConnect() ? Notation.bytes("C0 00") : valid.bytes());
        try {
            assertNotNull(decoder.decode(in));
            assertEquals(size, in.readerIndex());
            Packet second = decoder.decode(in);
            if (!valid.isConnect()) {
                assertEquals(PacketText.of(valid.expected()), PacketText.of(second));
            }
            assertEquals(0, in.readableBytes());
            assertNull(decoder.decode(in));
        } finally {
            in.release();
        }
    }

    /** Every malformation but those that need an earlier packet has a case. */
    @Test
    void theTableHasEveryMalformation() {
        Set<Malformation> missing = EnumSet.allOf(Malformation.class);
        PacketTable.malformed().forEach(c -> missing.remove(c.malformation()));
        assertEquals(
                EnumSet.of(Malformation.NOT_CONNECT_FIRST, Malformation.SECOND_CONNECT), missing);
    }
}
