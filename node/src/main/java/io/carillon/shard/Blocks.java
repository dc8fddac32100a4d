package io.carillon.shard;

import io.carillon.mqtt.packet.Message;
import io.carillon.record.ChunkRows;
import io.carillon.record.Rows;
import io.carillon.record.ShardRecord.References;
import io.carillon.storage.Cursor;
import io.carillon.storage.StorageException;
import io.carillon.storage.StoreView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The messages that several queues of a shard refer to: stored once, in blocks of what came in one
 * turn, with a count of the chunks that refer to each.
 */
final class Blocks {
    private static final int COUNTS_CACHED = 16_384;

    /** Blocks that were read last: the queues of a topic's sessions share them. */
    private static final int BLOCKS_CACHED = 16;

    private final StoreView store;
    private final Map<Long, Integer> counts = cache(COUNTS_CACHED);
    private final Map<Long, List<Message>> read = cache(BLOCKS_CACHED);

    /** The counts that this turn changed. */
    private final Map<Long, Integer> changed = new LinkedHashMap<>();

    private List<Message> open = new ArrayList<>();
    private long number;

    Blocks(int shard, StoreView store) {
        this.store = store;
        this.number = Math.max(Keys.number(shard, 1), behindLast(shard));
    }

    /** Puts a message into the open block; returns its number there, from 1. */
    int add(Message message) {
        open.add(message);
        return open.size();
    }

    /** The number of the open block. */
    long openNumber() {
        return number;
    }

    /** The messages of the open block, which so many chunks refer to; the next one begins. */
    List<Message> take(int references) {
        List<Message> taken = open;
        open = new ArrayList<>();
        if (references > 0) {
            counts.put(number, references);
            number++;
        }
        return references > 0 ? taken : List.of();
    }

    /** A chunk that refers to the block is gone. The block's own record is written by now. */
    void release(long block) {
        Integer known = counts.get(block);
        int left = (known == null ? readCount(block) : known) - 1;
        if (left > 0) {
            counts.put(block, left);
        } else {
            counts.remove(block);
            read.remove(block);
        }
        changed.put(block, left);
    }

    List<References> takeChanged() {
        if (changed.isEmpty()) {
            return List.of();
        }
        List<References> taken = new ArrayList<>(changed.size());
        changed.forEach((block, left) -> taken.add(new References(block, left)));
        changed.clear();
        return taken;
    }

    /** The messages of a stored block. */
    List<Message> read(long block) {
        List<Message> cached = read.get(block);
        if (cached != null) {
            return cached;
        }
        byte[] value = store.get(Spaces.MESSAGES, Keys.of(block));
        if (value == null) {
            throw new StorageException(
                    "a queue refers to messages "
                            + block
                            + " that are not stored: keep the data directory and report this",
                    null);
        }
        List<Message> messages = ChunkRows.decodeBlock(value);
        read.put(block, messages);
        return messages;
    }

    private int readCount(long block) {
        byte[] value = store.get(Spaces.REFERENCES, Keys.of(block));
        return value == null ? 1 : (int) Rows.decodeNumber(value);
    }

    private long behindLast(int shard) {
        try (Cursor cursor = store.cursor(Spaces.MESSAGES)) {
            boolean found = cursor.seekBack(Keys.of(Keys.behind(shard) - 1));
            return found ? Keys.numberOf(cursor.key()) + 1 : 0;
        }
    }

    /** What was used last stays, so many. */
    private static <V> Map<Long, V> cache(int max) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, V> eldest) {
                return size() > max;
            }
        };
    }
}
