package io.carillon.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
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

    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

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

    /** Four bytes, the highest first. */
    public FieldWriter putInt(int value) {
        ensure(Integer.BYTES);
        INT.set(bytes, length, value);
        length += Integer.BYTES;
        return this;
    }

    /** Eight bytes, the highest first. */
    public FieldWriter putLong(long value) {
        ensure(Long.BYTES);
        LONG.set(bytes, length, value);
        length += Long.BYTES;
        return this;
    }

    /** Writes over four bytes that {@link #putInt} wrote at that place. */
    public void patchInt(int at, int value) {
        INT.set(bytes, at, value);
    }

    /** How many bytes were written. */
    public int length() {
        return length;
    }

    public FieldWriter putBytes(byte[] value) {
        putNumber(value.length);
        return putRest(value);
    }

    /** The length in four bytes, the highest first, and then the bytes. */
    public FieldWriter putSized(byte[] value) {
        return putInt(value.length).putRest(value);
    }

    /** Bytes without a length: the last field, or one whose length is known otherwise. */
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
        if (more > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, more), 2 * bytes.length));
        }
    }
}
