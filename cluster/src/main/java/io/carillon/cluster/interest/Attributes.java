package io.carillon.cluster.interest;

import io.carillon.bytes.FieldWriter;
import java.util.Arrays;

/** A few bytes that go with a wanted string, such as a count; most strings have none. Immutable. */
public final class Attributes {
    /** Longer ones are refused. */
    public static final int BYTES_MAX = 1_024;

    public static final Attributes NONE = new Attributes(new byte[0]);

    private final byte[] bytes;

    private Attributes(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A copy of the bytes.
     *
     * @throws IllegalArgumentException if there are more than {@link #BYTES_MAX}
     */
    public static Attributes of(byte[] bytes) {
        if (bytes.length > BYTES_MAX) {
            throw new IllegalArgumentException(
                    bytes.length + " bytes of attributes; at most " + BYTES_MAX + " are carried");
        }
        return bytes.length == 0 ? NONE : new Attributes(bytes.clone());
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    /** The caller's own copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    int length() {
        return bytes.length;
    }

    /** A number that tells contents apart; 0 for none. The same on all nodes. */
    long fingerprint() {
        long h = 0;
        for (byte b : bytes) {
            h = (h + (b & 0xff) + 1) * 0x9e3779b97f4a7c15L;
            h ^= h >>> 32;
        }
        return h;
    }

    void writeTo(FieldWriter out) {
        out.putBytes(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Attributes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
