package io.carillon.storage.rocks;

import io.carillon.storage.Batch;
import io.carillon.storage.Space;
import java.util.Arrays;
import java.util.function.ToIntFunction;

/**
 * Changes in the form in which RocksDB keeps a batch in memory and in its log, built on this side
 * so that filling it crosses into native code once and not once a change.
 *
 * <p>The form is fixed by RocksDB's log on disk: eight bytes that stay zero, the number of changes
 * in four bytes with the lowest first, then for each change a tag, the column family, and the key
 * and value with their lengths; numbers in the latter are of variable length.
 */
final class RocksBatch implements Batch {
    private static final int HEADER_BYTES = 12;
    private static final int COUNT_AT = 8;
    private static final int VARINT_BYTES_MAX = 5;
    private static final int BYTES_MIN = 4 << 10;

    /** A batch that has grown beyond gives its memory back once it is written. */
    private static final int BYTES_KEPT_MAX = 4 << 20;

    private static final byte DELETE = 0x4;
    private static final byte PUT = 0x5;
    private static final byte DELETE_ONCE = 0x8;
    private static final byte DELETE_RANGE = 0xE;

    private final ToIntFunction<Space> ids;
    private byte[] bytes = new byte[BYTES_MIN];
    private int length = HEADER_BYTES;
    private int count;

    /**
     * @param ids the number of each space's column family; throws for a space that isn't there
     */
    RocksBatch(ToIntFunction<Space> ids) {
        this.ids = ids;
    }

    @Override
    public void put(Space space, byte[] key, byte[] value) {
        begin(PUT, space, key.length + value.length);
        append(key);
        append(value);
    }

    @Override
    public void delete(Space space, byte[] key) {
        begin(DELETE, space, key.length);
        append(key);
    }

    @Override
    public void deleteOnce(Space space, byte[] key) {
        begin(DELETE_ONCE, space, key.length);
        append(key);
    }

    @Override
    public void deleteRange(Space space, byte[] from, byte[] to) {
        if (Arrays.compareUnsigned(from, to) >= 0) {
            return;
        }
        begin(DELETE_RANGE, space, from.length + to.length);
        append(from);
        append(to);
    }

    @Override
    public boolean isEmpty() {
        return count == 0;
    }

    @Override
    public long sizeBytes() {
        return isEmpty() ? 0 : length;
    }

    @Override
    public void clear() {
        length = HEADER_BYTES;
        count = 0;
        if (bytes.length > BYTES_KEPT_MAX) {
            bytes = new byte[BYTES_MIN];
        }
    }

    @Override
    public void close() {
        clear();
    }

    /** The batch as RocksDB reads it. */
    byte[] serialized() {
        for (int i = 0; i < Integer.BYTES; i++) {
            bytes[COUNT_AT + i] = (byte) (count >>> (Byte.SIZE * i));
        }
        return Arrays.copyOf(bytes, length);
    }

    private void begin(byte tag, Space space, int payloadBytes) {
        int id = ids.applyAsInt(space);
        reserve(1 + 3 * VARINT_BYTES_MAX + payloadBytes);
        bytes[length++] = tag;
        appendVarint(id);
        count++;
    }

    private void append(byte[] part) {
        appendVarint(part.length);
        System.arraycopy(part, 0, bytes, length, part.length);
        length += part.length;
    }

    private void appendVarint(int value) {
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    private void reserve(int more) {
        int needed = Math.addExact(length, more);
        if (needed > bytes.length) {
            long doubled = Math.min(2L * bytes.length, Integer.MAX_VALUE - Long.BYTES);
            bytes = Arrays.copyOf(bytes, Math.max(needed, (int) doubled));
        }
    }
}
