package io.carillon.shard;

import io.carillon.mqtt.packet.Message;
import io.carillon.record.Chunk;
import io.carillon.record.ChunkHead;
import io.carillon.record.ChunkRows;
import io.carillon.record.QueueState;
import io.carillon.record.Queued;
import io.carillon.record.ShardRecord.Advance;
import io.carillon.record.ShardRecord.Heard;
import io.carillon.record.ShardRecord.QueuesChanged;
import io.carillon.record.ShardRecord.Received;
import io.carillon.session.QueueStore;
import io.carillon.storage.Cursor;
import io.carillon.storage.StoreView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The queues of a shard. What a turn adds to them and is done with is gathered into one record:
 * entries of a session that came together are one row, a chunk, and go together once all of them
 * are done with. So the cost of a row is shared by what came in a turn.
 */
final class StoredQueues implements QueueStore {
    /** Entries of a chunk at most: a place is found by looking no further back. */
    static final int CHUNK_ENTRIES_MAX = 128;

    private static final long RECORD_BYTES_MAX = 256 * 1024;
    private static final int RECORD_ENTRIES_MAX = 16_384;

    private final StoreView store;
    private final Journal journal;
    private final Blocks blocks;
    private final Map<Long, SessionQueue> sessions = new HashMap<>();

    // What this turn changes.
    private final List<SessionQueue> changed = new ArrayList<>();
    private final Map<Origins.Source, Received> origins = new LinkedHashMap<>();
    private long bytes;
    private int entries;
    private int chunkEntries;

    // The message at hand, if it is for several entries, and where it was put.
    private @Nullable Message shared;
    private long sharedIn;
    private int sharedNumber;

    /** Records taken so far, and how many of them are readable. */
    private long taken;

    private long readable;

    StoredQueues(int shard, StoreView store, Journal journal) {
        this.store = store;
        this.journal = journal;
        this.blocks = new Blocks(shard, store);
        journal.gathers(this::take);
    }

    /**
     * A message is about to be queued: an open record that is full is closed.
     *
     * @param several true if it is for several entries, and to be stored once for them
     * @param atOnce true if all entries must stand in one record, also where others are dropped for
     *     them: nothing needs to be read then that is not written yet
     */
    void begin(Message message, boolean several, boolean atOnce) {
        if (atOnce) {
            makeReadable();
        }
        if (bytes >= RECORD_BYTES_MAX
                || entries >= RECORD_ENTRIES_MAX
                || chunkEntries >= CHUNK_ENTRIES_MAX) {
            journal.seal();
        }
        bytes += message.bytes();
        shared = several ? message : null;
        sharedIn = -1;
    }

    /** The number of the message at hand in the open block; 0 if its entry is to hold it. */
    private int share() {
        Message message = shared;
        if (message == null) {
            return 0;
        }
        if (sharedIn != taken) {
            sharedIn = taken;
            sharedNumber = blocks.add(message);
        }
        return sharedNumber;
    }

    /** Stores an entry. */
    void add(long session, Queued queued) {
        SessionQueue queue = of(session);
        change(queue);
        if (queue.lastRecord <= readable) {
            queue.unreadableFrom = queued.seq();
        }
        queue.lastRecord = taken + 1;
        queue.add(queued, share());
        entries++;
        chunkEntries = Math.max(chunkEntries, queue.added());
    }

    /** A message was taken that had that number. */
    void add(Received received) {
        journal.gather();
        origins.put(new Origins.Source(received.session(), received.via()), received);
    }

    /** An entry is done with. */
    void done(long session, Queued queued) {
        SessionQueue queue = of(session);
        if (!queue.isAdded(queued.seq()) && !queue.knows(queued.seq())) {
            learn(queue, queued.seq());
        }
        change(queue);
        SessionQueue.Open chunk = queue.done(queued.seq());
        if (chunk != null && chunk.block() != 0) {
            blocks.release(chunk.block());
        }
    }

    /** The subscriber has the message of an entry. */
    void release(long session, Queued queued) {
        SessionQueue queue = of(session);
        change(queue);
        queue.release(queued.seq());
    }

    /** The session is gone. */
    void forget(long session) {
        sessions.remove(session);
    }

    @Override
    public void attached(long session, boolean is) {
        if (is) {
            of(session).attach();
        } else {
            of(session).detach();
        }
    }

    @Override
    public List<Queued> read(
            long session, long fromSeq, long toSeq, int entriesMax, long bytesMax) {
        SessionQueue queue = of(session);
        makeReadable(queue, toSeq);
        List<Queued> found = new ArrayList<>();
        long foundBytes = 0;
        long from = Math.max(fromSeq, queue.head());
        try (Cursor cursor = store.cursor(Spaces.QUEUES)) {
            boolean more = cursor.seek(Keys.of(session, chunkAt(queue, from)));
            while (more && found.size() < entriesMax && foundBytes < bytesMax) {
                byte[] key = cursor.key();
                long first = Keys.placeOf(key);
                if (Keys.numberOf(key) != session || first >= toSeq) {
                    break;
                }
                byte[] value = cursor.value();
                ChunkHead head = ChunkRows.decodeHead(value);
                long end = first + head.count();
                boolean fits = found.isEmpty() || found.size() + head.count() <= entriesMax;
                if (!fits) {
                    break;
                }
                if (end > from) {
                    queue.reads(first, head);
                    for (Queued queued : ChunkRows.decode(first, value, blocks::read)) {
                        long seq = queued.seq();
                        if (seq >= from && seq < toSeq && !queue.isDone(seq)) {
                            found.add(queue.isReleased(seq) ? queued.release() : queued);
                        }
                    }
                    foundBytes += head.bytes();
                    queue.boundary = end;
                }
                more = cursor.next();
            }
        }
        return found.size() <= entriesMax ? found : found.subList(0, entriesMax);
    }

    @Override
    public End end(long session) {
        SessionQueue queue = of(session);
        makeReadable(queue, Long.MAX_VALUE);
        try (Cursor cursor = store.cursor(Spaces.QUEUES)) {
            if (!cursor.seekBack(Keys.of(session, Long.MAX_VALUE))
                    || Keys.numberOf(cursor.key()) != session) {
                return new End(queue.doneEnd(), 0);
            }
            ChunkHead last = ChunkRows.decodeHead(cursor.value());
            long end = Keys.placeOf(cursor.key()) + last.count();
            return new End(Math.max(end, queue.doneEnd()), last.bytesBefore() + last.bytes());
        }
    }

    @Override
    public long placeBehind(long session, int count) {
        SessionQueue queue = of(session);
        makeReadable(queue, Long.MAX_VALUE);
        long behind = 0;
        int left = count;
        try (Cursor cursor = store.cursor(Spaces.QUEUES)) {
            boolean more = cursor.seek(Keys.of(session, chunkAt(queue, queue.head())));
            while (more && left > 0) {
                byte[] key = cursor.key();
                if (Keys.numberOf(key) != session) {
                    break;
                }
                long first = Keys.placeOf(key);
                long end = first + ChunkRows.decodeHead(cursor.value()).count();
                for (long seq = first; seq < end && left > 0; seq++) {
                    if (!queue.isDone(seq)) {
                        behind = seq + 1;
                        left--;
                    }
                }
                more = cursor.next();
            }
        }
        return behind;
    }

    private SessionQueue of(long session) {
        SessionQueue known = sessions.get(session);
        if (known != null) {
            return known;
        }
        byte[] value = store.get(Spaces.QUEUE_STATES, Keys.of(session));
        QueueState state = value == null ? QueueState.NEW : ChunkRows.decodeState(value);
        SessionQueue queue = new SessionQueue(session, state);
        sessions.put(session, queue);
        return queue;
    }

    private void change(SessionQueue queue) {
        if (!queue.changed) {
            queue.changed = true;
            changed.add(queue);
            journal.gather();
        }
    }

    /** A place at or before the first of the chunk that may hold a place. */
    private static long chunkAt(SessionQueue queue, long seq) {
        return seq == queue.boundary ? seq : Math.max(0, seq - CHUNK_ENTRIES_MAX + 1);
    }

    private void learn(SessionQueue queue, long seq) {
        makeReadable(queue, seq + 1);
        try (Cursor cursor = store.cursor(Spaces.QUEUES)) {
            boolean more = cursor.seek(Keys.of(queue.session, chunkAt(queue, seq)));
            while (more && Keys.numberOf(cursor.key()) == queue.session) {
                long first = Keys.placeOf(cursor.key());
                if (first > seq) {
                    return;
                }
                ChunkHead head = ChunkRows.decodeHead(cursor.value());
                if (seq < first + head.count()) {
                    queue.learn(first, head);
                    return;
                }
                more = cursor.next();
            }
        }
    }

    /** Writes what was added to a queue below that place, if it is not written yet. */
    private void makeReadable(SessionQueue queue, long toSeq) {
        if (queue.lastRecord > readable && toSeq > queue.unreadableFrom) {
            makeReadable();
        }
    }

    private void makeReadable() {
        journal.flush();
        readable = taken;
    }

    /** The record of what was gathered, which has something. */
    private QueuesChanged take() {
        long number = ++taken;
        journal.whenDurable(() -> readable = Math.max(readable, number));
        List<Chunk> chunks = new ArrayList<>(changed.size());
        List<Advance> advances = new ArrayList<>();
        int references = 0;
        for (SessionQueue queue : changed) {
            queue.changed = false;
            Chunk chunk = queue.take(blocks.openNumber());
            if (chunk != null) {
                chunks.add(chunk);
                references += chunk.block() == 0 ? 0 : 1;
            }
            Advance advance = queue.takeAdvance();
            if (advance != null) {
                advances.add(advance);
            }
        }
        long block = blocks.openNumber();
        QueuesChanged record =
                new QueuesChanged(
                        block,
                        blocks.take(references),
                        references,
                        chunks,
                        advances,
                        blocks.takeChanged(),
                        new Heard(List.copyOf(origins.values()), journal.now()));
        changed.clear();
        origins.clear();
        bytes = 0;
        entries = 0;
        chunkEntries = 0;
        return record;
    }
}
