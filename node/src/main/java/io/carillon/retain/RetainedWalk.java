package io.carillon.retain;

import io.carillon.mqtt.packet.TopicFilter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the keys that match a filter by seeking: where a literal level can't match, the cursor
 * moves to where it can, and where a subtree can't, behind it. The work grows with the matches, and
 * with the children of {@code +} levels, not with the store.
 */
final class RetainedWalk {
    private final int shard;
    private final byte[][] filter;
    private final boolean anyDepth;

    RetainedWalk(int shard, TopicFilter filter) {
        this.shard = shard;
        String[] levels = filter.levels();
        this.anyDepth = levels[levels.length - 1].equals("#");
        this.filter = new byte[levels.length - (anyDepth ? 1 : 0)][];
        for (int i = 0; i < this.filter.length; i++) {
            this.filter[i] = levels[i].getBytes(StandardCharsets.UTF_8);
        }
    }

    /** The first key that can match: the literal levels before the first wildcard. */
    byte[] start() {
        ByteArrayOutputStream key = new ByteArrayOutputStream();
        key.writeBytes(RetainedKeys.shard(shard));
        for (int i = 0; i < filter.length && !isPlus(i); i++) {
            if (i > 0) {
                key.write(0);
            }
            key.writeBytes(filter[i]);
        }
        return key.toByteArray();
    }

    /**
     * Where to seek from a key that does not match: the lowest key behind it that might.
     *
     * @return null if the key matches; empty if no key behind it does
     */
    byte @Nullable [] seek(byte[] key) {
        if (skipsReserved()
                && key.length > RetainedKeys.PREFIX
                && key[RetainedKeys.PREFIX] == '$') {
            return behind(key, RetainedKeys.PREFIX + 1, false); // [MQTT-4.7.2-1]
        }
        int from = RetainedKeys.PREFIX;
        int plus = -1;
        for (int i = 0; i < filter.length; i++) {
            if (from > key.length) {
                return child(key, filter[i], isPlus(i));
            }
            int end = levelEnd(key, from);
            if (isPlus(i)) {
                plus = end;
            } else {
                int order = Arrays.compareUnsigned(key, from, end, filter[i], 0, filter[i].length);
                if (order < 0) {
                    return sibling(key, from, filter[i]);
                }
                if (order > 0) {
                    return plus < 0 ? new byte[0] : behind(key, plus, true);
                }
            }
            from = end + 1;
        }
        boolean deeper = from <= key.length;
        if (deeper && !anyDepth) {
            return plus < 0 ? new byte[0] : behind(key, plus, true);
        }
        return null;
    }

    /** The key of that level's child, or the first child for a {@code +}. */
    private static byte[] child(byte[] key, byte[] level, boolean any) {
        byte[] next = Arrays.copyOf(key, key.length + 1 + (any ? 0 : level.length));
        if (!any) {
            System.arraycopy(level, 0, next, key.length + 1, level.length);
        }
        return next;
    }

    /** The key with another level from a position on. */
    private static byte[] sibling(byte[] key, int from, byte[] level) {
        byte[] next = Arrays.copyOf(key, from + level.length);
        System.arraycopy(level, 0, next, from, level.length);
        return next;
    }

    /** The first key behind all that begin with the key's first bytes and, if so, a level's end. */
    private static byte[] behind(byte[] key, int length, boolean levelEnds) {
        if (levelEnds) {
            byte[] next = Arrays.copyOf(key, length + 1);
            next[length] = 1;
            return next;
        }
        byte[] next = Arrays.copyOf(key, length);
        next[length - 1]++;
        return next;
    }

    private boolean skipsReserved() {
        return filter.length == 0 || isPlus(0);
    }

    private boolean isPlus(int level) {
        return filter[level].length == 1 && filter[level][0] == '+';
    }

    private static int levelEnd(byte[] key, int from) {
        int end = from;
        while (end < key.length && key[end] != 0) {
            end++;
        }
        return end;
    }
}
