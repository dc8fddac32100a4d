package io.carillon.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes the fields of a row one after the other; the reader reads them in the same order. */
final class RowWriter {
    private byte[] bytes;
    private int length;

    /**
     * @param version the version of the row's format, its first byte
     */
    RowWriter(int version, int expectedBytes) {
        bytes = new byte[expectedBytes + 1];
        putByte(version);
    }

    void putByte(int value) {
        ensure(1);
        bytes[length++] = (byte) value;
    }

    /** A whole number from 0, seven bits a byte, the lowest first. */
    void putNumber(long value) {
        ensure(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    void putBytes(byte[] value) {
        putNumber(value.length);
        putRest(value);
    }

    /** Bytes without a length: the last field of a row. */
    void putRest(byte[] value) {
        ensure(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
    }

    void putText(String value) {
        putBytes(value.getBytes(StandardCharsets.UTF_8));
    }

    void putOptionalText(@Nullable String value) {
        putByte(value == null ? 0 : 1);
        if (value != null) {
            putText(value);
        }
    }

    byte[] toBytes() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
        }
    }
}
