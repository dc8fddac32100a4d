package io.carillon.shard;

import io.carillon.record.Chunk;
import io.carillon.record.ChunkHead;
import io.carillon.record.QueueState;
import io.carillon.record.Queued;
import io.carillon.record.ShardRecord.Advance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a shard holds in memory of one session's queue: entries of this turn, which places are done
 * with, and, while a client is there, how much is left of the chunks it is working on.
 */
final class SessionQueue {
    /** Beyond that a chunk is looked up again when an entry of it is done with. */
    private static final int CHUNKS_MAX = 1_024;

    private static final int[] NO_NUMBERS = {};

    /** A chunk of which not all entries are done with. */
    static final class Open {
        private final long end;
        private final long block;
        private int left;

        Open(long end, long block, int left) {
            this.end = end;
            this.block = block;
            this.left = left;
        }

        /** The block that has messages of it, or 0. */
        long block() {
            return block;
        }
    }

    final long session;
    private final Places beyond;
    private final Places released;
    private final TreeMap<Long, Open> chunks = new TreeMap<>();
    private final List<Long> removed = new ArrayList<>();
    private List<Queued> added = new ArrayList<>(0);
    private int[] numbers = NO_NUMBERS;
    private boolean shares;
    private boolean attached;
    private long head;
    private boolean advanced;

    /** True while it stands in the list of what this turn changes. */
    boolean changed;

    /** Where a page that was read ended with its chunk: the next chunk begins there. */
    long boundary = -1;

    /** The number of the last record that has entries of it, and the first place in such ones. */
    long lastRecord;

    long unreadableFrom;

    SessionQueue(long session, QueueState state) {
        this.session = session;
        this.head = state.head();
        this.beyond = Places.of(state.doneBeyond());
        this.released = Places.of(state.released());
    }

    /** All places below are done with. */
    long head() {
        return head;
    }

    /** The place behind the last one that is done with. */
    long doneEnd() {
        return Math.max(head, beyond.end());
    }

    boolean isDone(long seq) {
        return seq < head || beyond.contains(seq);
    }

    boolean isReleased(long seq) {
        return released.contains(seq);
    }

    /** How many of these places are not done with. */
    int left(long from, long to) {
        long first = Math.max(from, head);
        return first >= to ? 0 : (int) (to - first) - beyond.count(first, to);
    }

    void attach() {
        attached = true;
    }

    /** The client is gone: chunks are looked up again when they are needed. */
    void detach() {
        attached = false;
        chunks.clear();
    }

    /** Adds an entry whose message has that number in the open block, or 0. */
    void add(Queued queued, int number) {
        if (added.size() == numbers.length) {
            numbers = Arrays.copyOf(numbers, Math.max(1, 2 * numbers.length));
        }
        numbers[added.size()] = number;
        shares |= number != 0;
        added.add(queued);
    }

    int added() {
        return added.size();
    }

    /** The chunk that this turn added, or null if there is none, or nothing left of it. */
    @Nullable Chunk take(long block) {
        if (added.isEmpty()) {
            return null;
        }
        List<Queued> entries = added;
        boolean sharing = shares;
        shares = false;
        int[] chunkNumbers = Arrays.copyOf(numbers, entries.size());
        added = new ArrayList<>(attached ? entries.size() : 0);
        numbers = attached ? numbers : NO_NUMBERS;
        long first = entries.getFirst().seq();
        long end = entries.getLast().seq() + 1;
        int left = left(first, end);
        if (left == 0) {
            return null;
        }
        Chunk chunk = new Chunk(session, sharing ? block : 0, entries, chunkNumbers);
        if (attached && chunks.size() < CHUNKS_MAX) {
            chunks.put(first, new Open(end, chunk.block(), left));
        }
        return chunk;
    }

    /** A chunk is being read. */
    void reads(long first, ChunkHead chunk) {
        if (attached && !chunks.containsKey(first)) {
            long end = first + chunk.count();
            chunks.put(first, new Open(end, chunk.block(), left(first, end)));
        }
    }

    /** True if an entry is of this turn: it has no chunk yet. */
    boolean isAdded(long seq) {
        return !added.isEmpty() && seq >= added.getFirst().seq();
    }

    /** True if the chunk of a place is known. */
    boolean knows(long seq) {
        Map.Entry<Long, Open> chunk = chunks.floorEntry(seq);
        return chunk != null && seq < chunk.getValue().end;
    }

    /**
     * A place is done with whose chunk is known, if it has one yet.
     *
     * @return the chunk if nothing is left of it
     */
    @Nullable Open done(long seq) {
        if (isDone(seq)) {
            return null;
        }
        Map.Entry<Long, Open> chunk = isAdded(seq) ? null : chunks.floorEntry(seq);
        released.remove(seq);
        if (seq == head) {
            head = beyond.takeFrom(seq + 1);
        } else {
            beyond.add(seq);
        }
        advanced = true;
        if (chunk == null || seq >= chunk.getValue().end || --chunk.getValue().left > 0) {
            return null;
        }
        chunks.remove(chunk.getKey());
        removed.add(chunk.getKey());
        return chunk.getValue();
    }

    /** A chunk is looked up for one of its places. */
    void learn(long first, ChunkHead chunk) {
        long end = first + chunk.count();
        chunks.put(first, new Open(end, chunk.block(), left(first, end)));
    }

    void release(long seq) {
        released.add(seq);
        advanced = true;
    }

    /** How far it is, if that has changed in this turn. */
    @Nullable Advance takeAdvance() {
        if (!advanced) {
            return null;
        }
        advanced = false;
        long[] gone = removed.stream().mapToLong(Long::longValue).toArray();
        removed.clear();
        if (!attached) {
            chunks.clear();
        }
        return new Advance(session, new QueueState(head, beyond.ranges(), released.ranges()), gone);
    }
}
