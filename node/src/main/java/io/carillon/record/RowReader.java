package io.carillon.record;

import io.carillon.storage.StorageException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads the fields of a row in the order in which they were written. */
final class RowReader {
    private final byte[] bytes;
    private final int version;
    private int position;

    /**
     * @param newest the newest version of this row that this release knows
     * @throws StorageException if the row is of a newer release
     */
    RowReader(byte[] bytes, int newest) {
        this.bytes = bytes;
        this.version = getByte();
        if (version < 1 || version > newest) {
            throw new StorageException(
                    "a stored row has format "
                            + version
                            + ", this release reads up to "
                            + newest
                            + ": start the release that wrote it, or a newer one",
                    null);
        }
    }

    int getByte() {
        need(1);
        return bytes[position++] & 0xFF;
    }

    long getNumber() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = getByte();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw damaged();
    }

    /** A number of things that follow, each at least a byte. */
    int getCount() {
        long count = getNumber();
        if (count < 0 || count > bytes.length - position) {
            throw damaged();
        }
        return (int) count;
    }

    byte[] getBytes() {
        int length = getCount();
        byte[] value = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return value;
    }

    byte[] getRest() {
        byte[] value = Arrays.copyOfRange(bytes, position, bytes.length);
        position = bytes.length;
        return value;
    }

    String getText() {
        return new String(getBytes(), StandardCharsets.UTF_8);
    }

    @Nullable String getOptionalText() {
        return getByte() == 0 ? null : getText();
    }

    private void need(int count) {
        if (bytes.length - position < count) {
            throw damaged();
        }
    }

    static StorageException damaged() {
        return new StorageException(
                "a stored row is damaged though its checksum holds: keep the data directory and report"
                        + " this",
                null);
    }
}
