package io.carillon.bench.client;

import java.nio.charset.StandardCharsets;

/** A packet being written whose length is known: fixed header first, then the rest by parts. */
final class Frame {
    private final byte[] bytes;
    private int position;

    Frame(int header, int remainingLength) {
        int lengthBytes = 1;
        for (int rest = remainingLength >>> 7; rest > 0; rest >>>= 7) {
            lengthBytes++;
        }
        bytes = new byte[1 + lengthBytes + remainingLength];
        octet(header);
        int rest = remainingLength;
        do {
            octet(rest > 0x7f ? rest & 0x7f | 0x80 : rest);
            rest >>>= 7;
        } while (rest > 0);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    Frame octet(int value) {
        bytes[position++] = (byte) value;
        return this;
    }

    /** Two bytes. */
    Frame number(int value) {
        return octet(value >>> 8).octet(value);
    }

    /** Four bytes. */
    Frame longNumber(long value) {
        return number((int) (value >>> 16)).number((int) value);
    }

    /** Bytes after their length in two bytes. */
    Frame text(byte[] value) {
        number(value.length);
        System.arraycopy(value, 0, bytes, position, value.length);
        position += value.length;
        return this;
    }

    /** Where the next part goes. */
    int position() {
        return position;
    }

    byte[] bytes() {
        return bytes;
    }
}
