package io.carillon.retain;

import io.carillon.mqtt.packet.Topic;
import java.nio.ByteBuffer;

/**
 * The keys of retained messages: the shard, then the topic with U+0000 in place of each slash. That
 * byte stands in no topic and is lower than any other, so the keys of a level's children follow it
 * directly.
 */
final class RetainedKeys {
    static final int PREFIX = 2;

    private RetainedKeys() {}

    static byte[] of(int shard, Topic topic) {
        return of(shard, topic.utf8());
    }

    static byte[] of(int shard, byte[] topic) {
        byte[] key = ByteBuffer.allocate(PREFIX + topic.length).putShort((short) shard).array();
        for (int i = 0; i < topic.length; i++) {
            key[PREFIX + i] = topic[i] == '/' ? 0 : topic[i];
        }
        return key;
    }

    /** The key of an expiry: the shard, when, the topic as it is. */
    static byte[] expiry(int shard, long atMillis, Topic topic) {
        byte[] name = topic.utf8();
        return ByteBuffer.allocate(PREFIX + 8 + name.length)
                .putShort((short) shard)
                .putLong(atMillis)
                .put(name)
                .array();
    }

    static byte[] shard(int shard) {
        return ByteBuffer.allocate(PREFIX).putShort((short) shard).array();
    }

    static boolean isOf(int shard, byte[] key) {
        return ByteBuffer.wrap(key).getShort() == (short) shard;
    }
}
