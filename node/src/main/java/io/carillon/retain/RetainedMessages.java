package io.carillon.retain;

import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.record.RetainedRow;
import io.carillon.record.Rows;
import io.carillon.record.ShardRecord.Heard;
import io.carillon.record.ShardRecord.RetainedCleared;
import io.carillon.record.ShardRecord.RetainedSet;
import io.carillon.record.ShardRecord.Totals;
import io.carillon.storage.Batch;
import io.carillon.storage.Cursor;
import io.carillon.storage.Space;
import io.carillon.storage.StoreView;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The retained messages of one shard, which no session has a part in [MQTT3-3.1.2-7]. Reads the
 * store, and makes the records that change it; on the shard's loop.
 */
public final class RetainedMessages {
    /** Shard, topic → retained row. */
    public static final Space SPACE = new Space("retained");

    /** Shard, expiry, topic → nothing: what expires next stands first. */
    public static final Space EXPIRIES = new Space("retained-expiries");

    /** Shard → number and bytes. */
    public static final Space TOTALS = new Space("retained-totals");

    private static final byte[] NOTHING = {};
    private static final int SEEKS_MAX = 20_000;
    private static final int CHANGED_MAX = 1_024;
    private static final long CHANGED_BYTES_MAX = 1 << 20;

    private final int shard;
    private final StoreView store;
    private final Runnable flush;
    private Totals totals;

    /** What was changed since all was last made readable: null for a topic that was cleared. */
    private final Map<Topic, @Nullable RetainedRow> changed = new HashMap<>();

    private long changedBytes;

    /**
     * The retained messages of a shard.
     *
     * @param flush makes what was appended in this turn readable
     */
    public RetainedMessages(int shard, StoreView store, Runnable flush) {
        this.shard = shard;
        this.store = store;
        this.flush = flush;
        byte[] stored = store.get(TOTALS, RetainedKeys.shard(shard));
        this.totals = stored == null ? Totals.NONE : Rows.decodeTotals(stored);
    }

    public Totals totals() {
        return totals;
    }

    /**
     * The record that sets a topic's retained message, of any QoS, in place of the old one
     * [MQTT-3.3.1-5] [MQTT3-3.3.1-5] [MQTT3-3.3.1-7].
     *
     * @param origins what its publisher calls it
     */
    public RetainedSet set(RetainedRow row, Heard origins) {
        Topic topic = row.message().topic();
        RetainedRow replaced = get(topic);
        totals =
                new Totals(
                        totals.messages() + (replaced == null ? 1 : 0),
                        totals.bytes() + row.message().bytes() - bytes(replaced));
        change(topic, row);
        return new RetainedSet(topic, row, expiry(replaced), totals, origins);
    }

    /**
     * The record that clears a topic [MQTT-3.3.1-6] [MQTT3-3.3.1-10], or null if it has no retained
     * message.
     *
     * @param origins what its publisher calls the message that clears it
     */
    public @Nullable RetainedCleared clear(Topic topic, Heard origins) {
        RetainedRow removed = get(topic);
        if (removed == null) {
            return null;
        }
        totals = new Totals(totals.messages() - 1, totals.bytes() - bytes(removed));
        change(topic, null);
        return new RetainedCleared(topic, expiry(removed), totals, origins);
    }

    /** The topics whose messages have expired, at most so many. */
    public List<Topic> expired(long nowMillis, int max) {
        makeReadable(); // one that was just replaced has another expiry
        List<Topic> topics = new ArrayList<>();
        try (Cursor cursor = store.cursor(EXPIRIES)) {
            boolean more = cursor.seek(RetainedKeys.shard(shard));
            while (more && topics.size() < max) {
                byte[] key = cursor.key();
                long at = ByteBuffer.wrap(key).getLong(RetainedKeys.PREFIX);
                if (!RetainedKeys.isOf(shard, key) || at > nowMillis) {
                    break;
                }
                byte[] name = Arrays.copyOfRange(key, RetainedKeys.PREFIX + 8, key.length);
                topics.add(Topic.of(new String(name, StandardCharsets.UTF_8), name));
                more = cursor.next();
            }
        }
        return topics;
    }

    private void change(Topic topic, @Nullable RetainedRow row) {
        if (changed.size() >= CHANGED_MAX || changedBytes >= CHANGED_BYTES_MAX) {
            makeReadable();
        }
        changed.put(topic, row);
        changedBytes += bytes(row);
    }

    private void makeReadable() {
        flush.run();
        changed.clear();
        changedBytes = 0;
    }

    /** The retained message of a topic, expired or not, or null. */
    public @Nullable RetainedRow get(Topic topic) {
        if (changed.containsKey(topic)) {
            return changed.get(topic);
        }
        byte[] value = store.get(SPACE, RetainedKeys.of(shard, topic));
        return value == null ? null : Rows.decodeRetained(value);
    }

    /**
     * Some of the messages that match a filter, in the order of their topics.
     *
     * @param rows the messages, without expired ones
     * @param last the topic to go on behind, or null at the end
     */
    public record Page(List<RetainedRow> rows, @Nullable Topic last) {}

    /**
     * Reads the messages that match, from behind a topic on.
     *
     * @param after the last topic of the page before, or null for the first page
     */
    public Page read(
            TopicFilter filter, @Nullable Topic after, int rowsMax, long bytesMax, long nowMillis) {
        if (!filter.hasWildcard()) {
            RetainedRow row = get(Topic.of(filter.pattern()));
            return new Page(
                    row == null || row.message().expired(nowMillis) ? List.of() : List.of(row),
                    null);
        }
        makeReadable();
        RetainedWalk walk = new RetainedWalk(shard, filter);
        List<RetainedRow> rows = new ArrayList<>();
        long bytes = 0;
        try (Cursor cursor = store.cursor(SPACE)) {
            boolean more = cursor.seek(after == null ? walk.start() : behind(after));
            for (int seeks = 0; more; ) {
                byte[] key = cursor.key();
                if (!RetainedKeys.isOf(shard, key)) {
                    break;
                }
                byte[] seek = walk.seek(key);
                if (seek != null) {
                    if (++seeks > SEEKS_MAX) {
                        return new Page(rows, topicOf(key));
                    }
                    more = seek.length > 0 && cursor.seek(seek);
                    continue;
                }
                RetainedRow row = Rows.decodeRetained(cursor.value());
                if (!row.message().expired(nowMillis)) {
                    rows.add(row);
                    bytes += row.message().bytes();
                }
                if (rows.size() >= rowsMax || bytes >= bytesMax) {
                    return new Page(rows, row.message().topic());
                }
                more = cursor.next();
            }
        }
        return new Page(rows, null);
    }

    /** Writes a change; for the shard's records. */
    public static void apply(int shard, RetainedSet set, Batch batch) {
        batch.put(SPACE, RetainedKeys.of(shard, set.topic()), Rows.encode(set.row()));
        unschedule(shard, set.topic(), set.replacedExpiry(), batch);
        long expiry = set.row().message().expiresAtMillis();
        if (expiry != Message.NEVER) {
            batch.put(EXPIRIES, RetainedKeys.expiry(shard, expiry, set.topic()), NOTHING);
        }
        batch.put(TOTALS, RetainedKeys.shard(shard), Rows.encode(set.totals()));
    }

    /** Writes a change; for the shard's records. */
    public static void apply(int shard, RetainedCleared cleared, Batch batch) {
        batch.delete(SPACE, RetainedKeys.of(shard, cleared.topic()));
        unschedule(shard, cleared.topic(), cleared.replacedExpiry(), batch);
        batch.put(TOTALS, RetainedKeys.shard(shard), Rows.encode(cleared.totals()));
    }

    private static void unschedule(int shard, Topic topic, long expiry, Batch batch) {
        if (expiry != Message.NEVER) {
            batch.delete(EXPIRIES, RetainedKeys.expiry(shard, expiry, topic));
        }
    }

    private byte[] behind(Topic topic) {
        byte[] key = RetainedKeys.of(shard, topic);
        return Arrays.copyOf(key, key.length + 1); // with U+0000: its first child, or what follows
    }

    private static Topic topicOf(byte[] key) {
        byte[] name = Arrays.copyOfRange(key, RetainedKeys.PREFIX, key.length);
        for (int i = 0; i < name.length; i++) {
            name[i] = name[i] == 0 ? (byte) '/' : name[i];
        }
        return Topic.of(new String(name, StandardCharsets.UTF_8), name);
    }

    private static long expiry(@Nullable RetainedRow row) {
        return row == null ? Message.NEVER : row.message().expiresAtMillis();
    }

    private static long bytes(@Nullable RetainedRow row) {
        return row == null ? 0 : row.message().bytes();
    }
}
