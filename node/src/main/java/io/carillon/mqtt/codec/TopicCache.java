package io.carillon.mqtt.codec;

import io.carillon.mqtt.packet.Topic;
import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The topics that a connection used of late, by their bytes: a repeated topic costs neither a UTF-8
 * check nor a String, and comes out as the same object. At most {@value #ENTRIES} of at most
 * {@value #TOPIC_BYTES_MAX} bytes; a new one displaces the oldest of the two entries that it may be
 * in.
 */
final class TopicCache {
    static final int TOPIC_BYTES_MAX = 256;
    private static final int ENTRIES = 32;
    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final int[] hashes = new int[ENTRIES];
    private final @Nullable Topic[] topics = new Topic[ENTRIES];

    static int hash(ByteBuf in, int from, int length) {
        long hash = length;
        int i = 0;
        for (; i <= length - Long.BYTES; i += Long.BYTES) {
            hash = (hash ^ in.getLongLE(from + i)) * MULTIPLIER;
            hash ^= hash >>> 32;
        }
        for (; i < length; i++) {
            hash = (hash ^ in.getByte(from + i)) * MULTIPLIER;
        }
        return (int) (hash ^ (hash >>> 32));
    }

    /** The topic with these bytes, or null. */
    @Nullable Topic find(ByteBuf in, int from, int length, int hash) {
        int entry = entry(hash);
        Topic topic = topics[entry];
        if (topic != null && hashes[entry] == hash && same(topic.utf8(), in, from, length)) {
            return topic;
        }
        entry ^= 1;
        topic = topics[entry];
        if (topic != null && hashes[entry] == hash && same(topic.utf8(), in, from, length)) {
            return topic;
        }
        return null;
    }

    void put(Topic topic, int hash) {
        int entry = entry(hash);
        hashes[entry ^ 1] = hashes[entry];
        topics[entry ^ 1] = topics[entry];
        hashes[entry] = hash;
        topics[entry] = topic;
    }

    private static int entry(int hash) {
        return hash & (ENTRIES - 1);
    }

    private static boolean same(byte[] utf8, ByteBuf in, int from, int length) {
        if (utf8.length != length) {
            return false;
        }
        int i = 0;
        for (; i <= length - Long.BYTES; i += Long.BYTES) {
            if ((long) LONG.get(utf8, i) != in.getLongLE(from + i)) {
                return false;
            }
        }
        for (; i < length; i++) {
            if (utf8[i] != in.getByte(from + i)) {
                return false;
            }
        }
        return true;
    }
}
