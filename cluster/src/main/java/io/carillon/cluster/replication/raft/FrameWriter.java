package io.carillon.cluster.replication.raft;

import java.util.Arrays;

/** Bytes that grow at the end, big-endian. One thread. */
final class FrameWriter {
    private byte[] bytes;
    private int size;

    FrameWriter(int capacity) {
        bytes = new byte[capacity];
    }

    int size() {
        return size;
    }

    FrameWriter u8(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
        return this;
    }

    FrameWriter i32(int value) {
        reserve(4);
        putInt(size, value);
        size += 4;
        return this;
    }

    FrameWriter i64(long value) {
        return i32((int) (value >>> 32)).i32((int) value);
    }

    FrameWriter raw(byte[] value) {
        reserve(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
        return this;
    }

    /** The length in 32 bits, then the bytes. */
    FrameWriter sized(byte[] value) {
        return i32(value.length).raw(value);
    }

    /** Writes over the 32 bits at the place. */
    void patch(int at, int value) {
        putInt(at, value);
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void putInt(int at, int value) {
        bytes[at] = (byte) (value >>> 24);
        bytes[at + 1] = (byte) (value >>> 16);
        bytes[at + 2] = (byte) (value >>> 8);
        bytes[at + 3] = (byte) value;
    }

    private void reserve(int more) {
        if (more > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(size, more)));
        }
    }
}
