package io.carillon.cluster.replication.raft;

import io.carillon.cluster.ShardId;
import io.carillon.storage.Cursor;
import io.carillon.storage.StorageException;
import io.carillon.storage.Store;
import io.microraft.model.log.LogEntry;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the store has of a shard's group when the node starts.
 *
 * @param vote the seat that got this one's vote in the term, or -1
 * @param cutIndex up to where the log may be cut off; 0 if nowhere
 * @param applied up to where the state has the entries, or {@link #INSTALLING}
 * @param entries those behind the cut, without their payloads
 * @param next the generation that goes on from this one's state, if this one is sealed
 */
record StoredGroup(
        Generation generation,
        int term,
        int vote,
        long cutIndex,
        int cutTerm,
        long applied,
        List<LogEntry> entries,
        @Nullable Generation next) {

    /** The state was being replaced when the node stopped: it is none. */
    static final long INSTALLING = -1;

    /** A generation that has only begun, with the state that the one before left behind. */
    static StoredGroup begun(Generation generation) {
        return new StoredGroup(
                generation,
                GroupRows.FIRST_TERM,
                -1,
                GroupRows.FIRST_INDEX,
                GroupRows.FIRST_TERM,
                GroupRows.FIRST_INDEX,
                List.of(),
                null);
    }

    /**
     * The newest group of the shard, or null if there is none.
     *
     * @throws StorageException if it is damaged
     */
    static @Nullable StoredGroup read(Store store, ShardId shard) {
        return readBefore(store, shard, Long.MAX_VALUE);
    }

    /**
     * The newest group of an earlier generation, or null if there is none.
     *
     * @throws StorageException if it is damaged
     */
    static @Nullable StoredGroup readBefore(Store store, ShardId shard, long generation) {
        try (Cursor cursor = store.cursor(GroupRows.SPACE)) {
            GroupKeys keys = newest(cursor, shard, generation);
            return keys == null ? null : read(store, cursor, keys);
        }
    }

    /**
     * The newest generation of which the store has a group, or of which it knows that the shard was
     * given up for it; null if there is none.
     *
     * @throws StorageException if they are damaged
     */
    static @Nullable Generation newest(Store store, ShardId shard) {
        try (Cursor cursor = store.cursor(GroupRows.SPACE)) {
            GroupKeys keys = newest(cursor, shard, Long.MAX_VALUE);
            return keys == null ? null : generation(store, keys);
        }
    }

    private static @Nullable GroupKeys newest(Cursor cursor, ShardId shard, long before) {
        byte[] prefix = GroupKeys.shard(shard);
        if (!cursor.seekBack(GroupKeys.group(shard, before)) || !startsWith(cursor.key(), prefix)) {
            return null;
        }
        return new GroupKeys(new GroupId(shard, GroupKeys.generationOf(cursor.key())));
    }

    private static Generation generation(Store store, GroupKeys keys) {
        byte[] row = store.get(GroupRows.SPACE, keys.generation());
        if (row == null) {
            throw damaged(keys, "its voters are missing", null);
        }
        try {
            return Generation.read(row);
        } catch (IllegalArgumentException e) {
            throw damaged(keys, String.valueOf(e.getMessage()), e);
        }
    }

    private static StoredGroup read(Store store, Cursor cursor, GroupKeys keys) {
        Generation generation = generation(store, keys);
        try {
            int term = 0;
            int vote = -1;
            byte[] termRow = store.get(GroupRows.SPACE, keys.term());
            if (termRow != null) {
                ByteBuffer in = ByteBuffer.wrap(termRow);
                term = in.getInt();
                vote = in.get();
            }
            long cutIndex = 0;
            int cutTerm = 0;
            byte[] cutRow = store.get(GroupRows.SPACE, keys.cut());
            if (cutRow != null) {
                ByteBuffer in = ByteBuffer.wrap(cutRow);
                cutIndex = in.getLong();
                cutTerm = in.getInt();
            }
            byte[] appliedRow = store.get(GroupRows.SPACE, keys.applied());
            long applied = appliedRow == null ? 0 : ByteBuffer.wrap(appliedRow).getLong();
            List<LogEntry> entries = entries(cursor, keys, cutIndex);
            byte[] sealRow = store.get(GroupRows.SPACE, keys.seal());
            Generation next = sealRow == null ? null : Generation.read(sealRow);
            if (applied > cutIndex + entries.size()) {
                throw damaged(keys, "its state is ahead of its log", null);
            }
            return new StoredGroup(
                    generation, term, vote, cutIndex, cutTerm, applied, entries, next);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw damaged(keys, String.valueOf(e.getMessage()), e);
        }
    }

    private static List<LogEntry> entries(Cursor cursor, GroupKeys keys, long cutIndex) {
        List<LogEntry> entries = new ArrayList<>();
        long index = cutIndex + 1;
        byte[] behind = keys.behindEntries();
        boolean more = cursor.seek(keys.entry(index));
        while (more) {
            byte[] key = cursor.key();
            if (Arrays.compareUnsigned(key, behind) >= 0) {
                break;
            }
            if (!Arrays.equals(key, keys.entry(index))) {
                throw damaged(keys, "entry " + index + " is missing", null);
            }
            entries.add(Entries.readHandle(index, ByteBuffer.wrap(cursor.value())));
            index++;
            more = cursor.next();
        }
        return entries;
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length
                && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static StorageException damaged(
            GroupKeys keys, String what, @Nullable Throwable cause) {
        return new StorageException(
                "the log of "
                        + keys.group()
                        + " is damaged: "
                        + what
                        + "; move this node's data directory away, so that it is filled by the"
                        + " others",
                cause);
    }
}
