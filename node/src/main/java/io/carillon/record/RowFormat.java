package io.carillon.record;

import io.carillon.bytes.FieldReader;
import io.carillon.bytes.FieldWriter;
import io.carillon.storage.StorageException;

/** How each row begins: with the version of its format. */
final class RowFormat {
    /** The one that this release writes; it reads all up to it. */
    private static final int VERSION = 1;

    private RowFormat() {}

    static FieldWriter begin(int expectedBytes) {
        return new FieldWriter(expectedBytes + 1).putByte(VERSION);
    }

    /**
     * The fields of a row.
     *
     * @throws StorageException if it is of a newer release
     */
    static FieldReader open(byte[] row) {
        FieldReader fields = new FieldReader(row, RowFormat::damaged);
        int version = fields.getByte();
        if (version < 1 || version > VERSION) {
            throw new StorageException(
                    "a stored row has format "
                            + version
                            + ", this release reads up to "
                            + VERSION
                            + ": start the release that wrote it, or a newer one",
                    null);
        }
        return fields;
    }

    static StorageException damaged() {
        return new StorageException(
                "a stored row is damaged though its checksum holds: keep the data directory and report"
                        + " this",
                null);
    }
}
