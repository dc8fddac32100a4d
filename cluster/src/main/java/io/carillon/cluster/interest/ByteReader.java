package io.carillon.cluster.interest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.bytes.FieldWriter;
import java.nio.ByteBuffer;

/**
 * Reads what a {@link FieldWriter} wrote, where it lies. Nothing is believed: lengths are compared
 * with what is there. One thread.
 */
final class ByteReader {
    private final ByteBuffer bytes;

    ByteReader(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    int one() {
        need(1);
        return bytes.get() & 0xff;
    }

    long count() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE - 1; shift += 7) {
            int next = one();
            value |= (long) (next & 0x7f) << shift;
            if (next <= 0x7f) {
                return value;
            }
        }
        throw new MalformedMessage("a count longer than nine bytes");
    }

    /** How many items follow, each of so many bytes or more. */
    int items(int bytesMin) {
        long items = count();
        if (items > bytes.remaining() / bytesMin) {
            throw new MalformedMessage(
                    items + " items announced, and only " + bytes.remaining() + " bytes follow");
        }
        return (int) items;
    }

    long eight() {
        need(Long.BYTES);
        return bytes.getLong();
    }

    byte[] bytes() {
        byte[] value = new byte[items(1)];
        bytes.get(value);
        return value;
    }

    String string() {
        if (!bytes.hasArray()) {
            return new String(bytes(), UTF_8);
        }
        int length = items(1);
        int from = bytes.arrayOffset() + bytes.position();
        bytes.position(bytes.position() + length);
        return new String(bytes.array(), from, length, UTF_8);
    }

    void end() {
        if (bytes.hasRemaining()) {
            throw new MalformedMessage(bytes.remaining() + " bytes too many");
        }
    }

    private void need(int more) {
        if (bytes.remaining() < more) {
            throw new MalformedMessage("the message ends too early");
        }
    }
}
