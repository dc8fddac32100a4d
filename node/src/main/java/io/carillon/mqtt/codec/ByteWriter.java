package io.carillon.mqtt.codec;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes in the making, of the standard's data types, with a length that is known before they go to
 * a buffer. For packets off the hot path.
 */
final class ByteWriter {
    private static final int FIRST_SIZE = 32;
    private static final int FIELD_BYTES_MAX = 65_535;

    private byte[] bytes = new byte[FIRST_SIZE];
    private int length;

    int length() {
        return length;
    }

    void copyTo(ByteBuf out) {
        out.writeBytes(bytes, 0, length);
    }

    ByteWriter u8(int value) {
        room(1);
        bytes[length++] = (byte) value;
        return this;
    }

    ByteWriter u16(int value) {
        return u8(value >>> 8).u8(value);
    }

    ByteWriter u32(long value) {
        return u16((int) (value >>> 16)).u16((int) value);
    }

    ByteWriter flag(boolean value) {
        return u8(value ? 1 : 0);
    }

    ByteWriter variableByteInteger(int value) {
        int rest = value;
        while (rest >= 0x80) {
            u8(rest | 0x80);
            rest >>>= 7;
        }
        return u8(rest);
    }

    /**
     * A string with its length.
     *
     * @throws IllegalArgumentException if it has more than 65,535 bytes
     */
    ByteWriter string(String value) {
        return binary(value.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Binary data with its length.
     *
     * @throws IllegalArgumentException if it has more than 65,535 bytes
     */
    ByteWriter binary(byte[] value) {
        if (value.length > FIELD_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a field has at most 65,535 bytes, not " + value.length);
        }
        return u16(value.length).raw(value);
    }

    ByteWriter raw(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
        return this;
    }

    ByteWriter append(ByteWriter other) {
        room(other.length);
        System.arraycopy(other.bytes, 0, bytes, length, other.length);
        length += other.length;
        return this;
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
