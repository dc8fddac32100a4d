package io.carillon.cluster.replication.raft;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The records of one entry as bytes: a version, then each record with its length. */
final class Payload {
    private static final int VERSION = 1;

    private Payload() {}

    /** Gathers the records of a turn. One thread. */
    static final class Builder {
        private final FrameWriter writer = new FrameWriter(512).u8(VERSION);
        private int count;

        void add(byte[] record) {
            writer.sized(record);
            count++;
        }

        int count() {
            return count;
        }

        int sizeBytes() {
            return writer.size();
        }

        byte[] build() {
            return writer.toBytes();
        }
    }

    /**
     * The records in it.
     *
     * @throws IllegalArgumentException if it is damaged or of a later release
     */
    static List<byte[]> records(byte[] payload) {
        ByteBuffer in = ByteBuffer.wrap(payload);
        List<byte[]> records = new ArrayList<>();
        try {
            int version = in.get();
            if (version != VERSION) {
                throw new IllegalArgumentException(
                        "an entry has version "
                                + version
                                + ", and this release knows "
                                + VERSION
                                + "; bring all nodes to the newer release");
            }
            while (in.hasRemaining()) {
                byte[] record = new byte[checkedLength(in)];
                in.get(record);
                records.add(record);
            }
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("an entry ends in the middle of a record", e);
        }
        return records;
    }

    /** A length that what follows it can hold. */
    static int checkedLength(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException(
                    "a length of " + length + " where " + in.remaining() + " bytes are left");
        }
        return length;
    }
}
