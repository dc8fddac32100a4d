package io.carillon.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes fields one after the other; a {@link FieldReader} reads them in the same order. One
 * thread.
 */
public final class FieldWriter {
    /** A number takes that at most. */
    private static final int NUMBER_BYTES_MAX = 10;

    private byte[] bytes;
    private int length;

    /** An empty one that need not grow up to that size. */
    public FieldWriter(int expectedBytes) {
        bytes = new byte[expectedBytes];
    }

    public FieldWriter putByte(int value) {
        ensure(1);
        bytes[length++] = (byte) value;
        return this;
    }

    public FieldWriter putFlag(boolean value) {
        return putByte(value ? 1 : 0);
    }

    /**
     * A whole number, short if it is small and not negative: seven bits a byte, the lowest first.
     */
    public FieldWriter putNumber(long value) {
        ensure(NUMBER_BYTES_MAX);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
        return this;
    }

    public FieldWriter putBytes(byte[] value) {
        putNumber(value.length);
        return putRest(value);
    }

    /** Bytes without a length: the last field. */
    public FieldWriter putRest(byte[] value) {
        ensure(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
        return this;
    }

    public FieldWriter putText(String value) {
        return putBytes(value.getBytes(StandardCharsets.UTF_8));
    }

    public FieldWriter putOptionalText(@Nullable String value) {
        putFlag(value != null);
        return value == null ? this : putText(value);
    }

    /** What was written so far; nothing may be written after it. */
    public byte[] toBytes() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
        }
    }
}
