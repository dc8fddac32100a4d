package io.carillon.cluster.interest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SipHash-1-3 of a string's UTF-16 units under a key. Keyed since clients choose the strings, and a
 * table that is ordered by hash would be slow if they could choose the hashes, too. Immutable.
 */
final class StringHash {
    private static final int ROUNDS_AT_END = 3;

    private final long key0;
    private final long key1;

    StringHash(long key0, long key1) {
        this.key0 = key0;
        this.key1 = key1;
    }

    static StringHash keyedBy(String secret) {
        try {
            ByteBuffer key =
                    ByteBuffer.wrap(
                            MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8)));
            return new StringHash(key.getLong(), key.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    long of(String string) {
        int blocks = string.length() / 4 + 1;
        long v0 = key0 ^ 0x736f6d6570736575L;
        long v1 = key1 ^ 0x646f72616e646f6dL;
        long v2 = key0 ^ 0x6c7967656e657261L;
        long v3 = key1 ^ 0x7465646279746573L;
        for (int i = 0; i < blocks + ROUNDS_AT_END; i++) {
            long block = i < blocks ? block(string, i) : 0;
            if (i == blocks) {
                v2 ^= 0xff;
            }
            v3 ^= block;
            v0 += v1;
            v2 += v3;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v1;
            v0 += v3;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 = Long.rotateLeft(v2, 32);
            v0 ^= block;
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }

    /** Four characters; the last block has those that are left, and the length. */
    private static long block(String string, int index) {
        int from = index * 4;
        int length = string.length();
        if (from + 4 <= length) {
            return string.charAt(from)
                    | (long) string.charAt(from + 1) << 16
                    | (long) string.charAt(from + 2) << 32
                    | (long) string.charAt(from + 3) << 48;
        }
        long block = (long) length << 48;
        for (int i = from; i < length; i++) {
            block |= (long) string.charAt(i) << 16 * (i - from);
        }
        return block;
    }
}
