package io.carillon.mqtt.codec;

import io.carillon.mqtt.packet.MqttVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over what follows the fixed header of one packet: reads the standard's data types and
 * never past the packet's end. One per decoder, opened anew for each packet. Source: MQTT 5.0, 1.5.
 */
final class BodyReader {
    private static final byte[] EMPTY = {};

    private final DecoderLimits limits;
    private final Side side;

    private ByteBuf in = Unpooled.EMPTY_BUFFER;
    private @Nullable PacketType type;
    private @Nullable MqttVersion version;
    private int position;
    private int end;

    BodyReader(DecoderLimits limits, Side side) {
        this.limits = limits;
        this.side = side;
    }

    void open(ByteBuf in, PacketType type, int position, int end) {
        this.in = in;
        this.type = type;
        this.position = position;
        this.end = end;
    }

    /** Lets go of the buffer. */
    void close() {
        in = Unpooled.EMPTY_BUFFER;
    }

    DecoderLimits limits() {
        return limits;
    }

    Side side() {
        return side;
    }

    @Nullable MqttVersion version() {
        return version;
    }

    void version(MqttVersion version) {
        this.version = version;
    }

    boolean isV5() {
        return version == MqttVersion.V5;
    }

    /** Whether the version is 3.1, whose unused bits and fields need no particular value. */
    boolean isV31() {
        return version == MqttVersion.V3_1;
    }

    ByteBuf buffer() {
        return in;
    }

    int position() {
        return position;
    }

    int end() {
        return end;
    }

    /** Makes the packet end earlier, or at its real end again. */
    void end(int end) {
        this.end = end;
    }

    int remaining() {
        return end - position;
    }

    int u8() throws MalformedPacket {
        return in.getByte(advance(1)) & 0xFF;
    }

    int u16() throws MalformedPacket {
        return in.getUnsignedShort(advance(2));
    }

    long u32() throws MalformedPacket {
        return in.getUnsignedInt(advance(4));
    }

    int variableByteInteger() throws MalformedPacket {
        int value = 0;
        for (int shift = 0; shift <= 21; shift += 7) {
            int next = u8();
            value |= (next & 0x7F) << shift;
            if (next < 0x80) {
                // [MQTT-1.5.5-1]
                if (next == 0 && shift > 0) {
                    throw malformed(Malformation.INTEGER_NOT_MINIMAL);
                }
                return value;
            }
        }
        throw malformed(Malformation.INTEGER_TOO_LONG);
    }

    String string() throws MalformedPacket {
        int length = u16();
        int from = advance(length);
        checkString(from, length);
        return in.toString(from, length, StandardCharsets.UTF_8);
    }

    void skipString() throws MalformedPacket {
        int length = u16();
        checkString(advance(length), length);
    }

    byte[] binary() throws MalformedPacket {
        return bytes(u16());
    }

    void skipBinary() throws MalformedPacket {
        advance(u16());
    }

    /** All that is left. */
    byte[] rest() throws MalformedPacket {
        return bytes(remaining());
    }

    byte[] bytes(int length) throws MalformedPacket {
        int from = advance(length);
        return length == 0 ? EMPTY : copy(from, length);
    }

    byte[] copy(int from, int length) {
        byte[] bytes = new byte[length];
        in.getBytes(from, bytes);
        return bytes;
    }

    /** [MQTT-2.2.1-3] [MQTT3-2.3.1-1] */
    int packetId() throws MalformedPacket {
        int id = u16();
        if (id == 0) {
            throw malformed(Malformation.PACKET_ID_ZERO);
        }
        return id;
    }

    /** Goes forward by that many bytes and returns where it was. */
    int advance(int bytes) throws MalformedPacket {
        int from = position;
        if (end - from < bytes) {
            throw malformed(Malformation.TRUNCATED);
        }
        position = from + bytes;
        return from;
    }

    void checkString(int from, int length) throws MalformedPacket {
        if (!Utf8.isString(in, from, length)) {
            throw malformed(Malformation.ILL_FORMED_STRING);
        }
    }

    void expectEnd() throws MalformedPacket {
        if (position != end) {
            throw malformed(Malformation.TRAILING_BYTES, (end - position) + " of them");
        }
    }

    MalformedPacket malformed(Malformation malformation) {
        return malformed(malformation, "");
    }

    MalformedPacket malformed(Malformation malformation, String detail) {
        return new MalformedPacket(malformation, type, detail);
    }
}
