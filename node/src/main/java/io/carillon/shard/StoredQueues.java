package io.carillon.shard;

import io.carillon.mqtt.packet.Message;
import io.carillon.record.Queued;
import io.carillon.record.Rows;
import io.carillon.session.QueueStore;
import io.carillon.storage.Cursor;
import io.carillon.storage.StorageException;
import io.carillon.storage.Store;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The queues of a shard as they are stored, and the counts of references to stored messages. */
final class StoredQueues implements QueueStore {
    private static final int COUNTS_CACHED = 16_384;

    private final int shard;
    private final Store store;
    private final Runnable flush;

    /** Recently used counts, oldest out first: all of them are written, this only saves reading. */
    private final Map<Long, Integer> counts =
            new LinkedHashMap<>(1024, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, Integer> eldest) {
                    return size() > COUNTS_CACHED;
                }
            };

    private long nextMessageNumber;

    /**
     * Entries, their messages and the number of the message that was read last: neighbours share
     * it.
     */
    private long lastNumber;

    private @Nullable Message lastMessage;

    /**
     * The queues of a shard.
     *
     * @param flush makes what was appended in this turn readable
     */
    StoredQueues(int shard, Store store, Runnable flush) {
        this.shard = shard;
        this.store = store;
        this.flush = flush;
        this.nextMessageNumber = Math.max(Keys.number(shard, 1), behindLastMessage());
    }

    /** The number of a message that is about to be stored for several entries. */
    long nextMessageNumber() {
        return nextMessageNumber++;
    }

    /** The message of that number has so many entries. */
    void refer(long messageNumber, int entries) {
        counts.put(messageNumber, entries);
    }

    @Override
    public List<Queued> read(
            long session, long fromSeq, long toSeq, int entriesMax, long bytesMax) {
        flush.run();
        List<Queued> found = new ArrayList<>();
        long bytes = 0;
        try (Cursor cursor = store.cursor(Spaces.QUEUES)) {
            boolean more = cursor.seek(Keys.of(session, fromSeq));
            while (more && found.size() < entriesMax && bytes < bytesMax) {
                byte[] key = cursor.key();
                long seq = Keys.placeOf(key);
                if (Keys.numberOf(key) != session || seq >= toSeq) {
                    break;
                }
                Queued queued = Rows.decodeQueued(seq, cursor.value(), this::message);
                found.add(queued);
                bytes += queued.bytes();
                more = cursor.next();
            }
        }
        return found;
    }

    @Override
    public @Nullable Queued last(long session) {
        flush.run();
        try (Cursor cursor = store.cursor(Spaces.QUEUES)) {
            if (!cursor.seekBack(Keys.of(session, Long.MAX_VALUE))
                    || Keys.numberOf(cursor.key()) != session) {
                return null;
            }
            return Rows.decodeQueued(Keys.placeOf(cursor.key()), cursor.value(), this::message);
        }
    }

    @Override
    public long placeBehind(long session, int count) {
        flush.run();
        long behind = 0;
        try (Cursor cursor = store.cursor(Spaces.QUEUES)) {
            boolean more = cursor.seek(Keys.of(session, 0));
            for (int i = 0; more && i < count; i++) {
                byte[] key = cursor.key();
                if (Keys.numberOf(key) != session) {
                    break;
                }
                behind = Keys.placeOf(key) + 1;
                more = cursor.next();
            }
        }
        return behind;
    }

    @Override
    public int release(long messageNumber) {
        Integer known = counts.get(messageNumber);
        int left = (known == null ? readCount(messageNumber) : known) - 1;
        if (left > 0) {
            counts.put(messageNumber, left);
        } else {
            counts.remove(messageNumber);
        }
        return left;
    }

    private int readCount(long messageNumber) {
        flush.run();
        byte[] value = store.get(Spaces.REFERENCES, Keys.of(messageNumber));
        return value == null ? 1 : (int) Rows.decodeNumber(value);
    }

    private Message message(long number) {
        Message last = lastMessage;
        if (last != null && lastNumber == number) {
            return last;
        }
        byte[] value = store.get(Spaces.MESSAGES, Keys.of(number));
        if (value == null) {
            throw new StorageException(
                    "a queue refers to message "
                            + number
                            + " that is not stored: keep the data directory and report this",
                    null);
        }
        Message message = Rows.decodeMessage(value);
        lastNumber = number;
        lastMessage = message;
        return message;
    }

    private long behindLastMessage() {
        try (Cursor cursor = store.cursor(Spaces.MESSAGES)) {
            boolean found = cursor.seekBack(Keys.of(Keys.behind(shard) - 1));
            return found ? Keys.numberOf(cursor.key()) + 1 : 0;
        }
    }
}
