package io.carillon.cluster.replication.raft;

import io.microraft.impl.log.RaftLog;
import io.microraft.impl.util.ArrayRingbuffer;
import io.microraft.model.log.LogEntry;
import java.lang.reflect.Field;

/**
 * Where MicroRaft's log begins. Each cut keeps a tenth of a full log for followers that are a
 * little behind, and sets the beginning so; if the cut before was nearer than that, the beginning
 * moves back over entries that are gone, and the next look at one of them fails. Cuts come near to
 * each other here: by bytes and by age, and where a replica was filled.
 *
 * <p>The beginning is a private field of the library, whose version is pinned.
 */
final class LogHead {
    private static final Field RING = ring();

    private LogHead() {}

    /** Moves the beginning forward to the first entry that is there. */
    static void repair(RaftLog log) {
        ArrayRingbuffer<?> entries = entries(log);
        long head = entries.headSequence();
        while (head <= entries.tailSequence() && !isThere(entries, head)) {
            head++;
        }
        entries.setHeadSequence(head);
    }

    /** A slot may be empty, or belong to an entry that is a whole ring later. */
    private static boolean isThere(ArrayRingbuffer<?> entries, long sequence) {
        return entries.read(sequence) instanceof LogEntry entry
                && entry.getIndex() == sequence + 1; // they count from 1
    }

    private static ArrayRingbuffer<?> entries(RaftLog log) {
        try {
            return (ArrayRingbuffer<?>) RING.get(log);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("MicroRaft's log can't be read", e);
        }
    }

    private static Field ring() {
        try {
            Field field = RaftLog.class.getDeclaredField("log");
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("this is not MicroRaft 0.7", e);
        }
    }
}
