package io.carillon.cluster.interest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes of a message, as they are gathered; {@link ByteReader} reads them. One thread. */
final class ByteWriter {
    private byte[] bytes;
    private int size;

    ByteWriter(int bytesExpected) {
        bytes = new byte[Math.max(16, bytesExpected)];
    }

    void one(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    /** A number that is mostly small and never negative: seven bits a byte, the lowest first. */
    void count(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("not a count: " + value);
        }
        long rest = value;
        while (rest > 0x7f) {
            one((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        one((int) rest);
    }

    void eight(long value) {
        room(Long.BYTES);
        ByteBuffer.wrap(bytes, size, Long.BYTES).putLong(value);
        size += Long.BYTES;
    }

    void bytes(byte[] value) {
        count(value.length);
        room(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
    }

    void string(String value) {
        bytes(value.getBytes(UTF_8));
    }

    int size() {
        return size;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
