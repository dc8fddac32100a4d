package io.carillon.shard;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a shard's rows. Each begins with the shard's number in 16 bits, which for sessions is
 * the upper part of their number: the state of a shard is one range of keys in each space.
 */
final class Keys {
    private static final int COUNT_BITS = 48;
    private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;
    private static final byte[] NONE = {};

    private Keys() {}

    /** A number that is unique among all shards. */
    static long number(int shard, long count) {
        return (long) shard << COUNT_BITS | count & COUNT_MASK;
    }

    /** The first number behind those of a shard. */
    static long behind(int shard) {
        return number(shard + 1, 0);
    }

    static byte[] shard(int shard) {
        return ByteBuffer.allocate(2).putShort((short) shard).array();
    }

    static byte[] of(long number) {
        return ByteBuffer.allocate(8).putLong(number).array();
    }

    static byte[] of(long session, long place) {
        return ByteBuffer.allocate(16).putLong(session).putLong(place).array();
    }

    static byte[] of(long session, String filter) {
        byte[] text = filter.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length).putLong(session).put(text).array();
    }

    static byte[] packetId(long session, int packetId) {
        return ByteBuffer.allocate(10).putLong(session).putShort((short) packetId).array();
    }

    static byte[] origin(int shard, long session, @Nullable String via) {
        byte[] text = via == null ? NONE : via.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(10 + text.length)
                .putShort((short) shard)
                .putLong(session)
                .put(text)
                .array();
    }

    static long originOf(byte[] key) {
        return ByteBuffer.wrap(key).getLong(2);
    }

    static @Nullable String originViaOf(byte[] key) {
        return key.length == 10
                ? null
                : new String(key, 10, key.length - 10, StandardCharsets.UTF_8);
    }

    /** True if the key begins with that shard's number. */
    static boolean isOf(int shard, byte[] key) {
        return ByteBuffer.wrap(key).getShort() == (short) shard;
    }

    /** The number that a key begins with. */
    static long numberOf(byte[] key) {
        return ByteBuffer.wrap(key).getLong();
    }

    /** The place in the queue that a key ends with. */
    static long placeOf(byte[] key) {
        return ByteBuffer.wrap(key).getLong(8);
    }

    static int packetIdOf(byte[] key) {
        return ByteBuffer.wrap(key).getShort(8) & 0xFFFF;
    }

    static String filterOf(byte[] key) {
        return new String(key, 8, key.length - 8, StandardCharsets.UTF_8);
    }
}
