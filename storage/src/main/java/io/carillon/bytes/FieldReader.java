package io.carillon.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads fields in the order in which a {@link FieldWriter} wrote them. Bytes that cannot be such
 * fields make it throw what its maker chose, and allocate no more than there are bytes. One thread.
 */
public final class FieldReader {
    private final byte[] bytes;
    private final Supplier<? extends RuntimeException> damaged;
    private int position;

    /** A reader of all the bytes, which throws that where they make no sense. */
    public FieldReader(byte[] bytes, Supplier<? extends RuntimeException> damaged) {
        this.bytes = bytes;
        this.damaged = damaged;
    }

    public int getByte() {
        if (position == bytes.length) {
            throw damaged.get();
        }
        return bytes[position++] & 0xFF;
    }

    public boolean getFlag() {
        return getByte() != 0;
    }

    public long getNumber() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = getByte();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw damaged.get();
    }

    /** A number of things that follow, each at least a byte. */
    public int getCount() {
        long count = getNumber();
        if (count < 0 || count > bytes.length - position) {
            throw damaged.get();
        }
        return (int) count;
    }

    public byte[] getBytes() {
        int length = getCount();
        byte[] value = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return value;
    }

    public byte[] getRest() {
        byte[] value = Arrays.copyOfRange(bytes, position, bytes.length);
        position = bytes.length;
        return value;
    }

    public String getText() {
        return new String(getBytes(), StandardCharsets.UTF_8);
    }

    public @Nullable String getOptionalText() {
        return getFlag() ? getText() : null;
    }

    /** True if all fields were read. */
    public boolean atEnd() {
        return position == bytes.length;
    }
}
