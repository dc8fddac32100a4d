package io.carillon.session;

import io.carillon.record.Queued;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stored part of a session's queue, as the session reads it. On the shard's loop. */
public interface QueueStore {
    /**
     * The entries of a queue from one place up to but without another, in order.
     *
     * @param entriesMax at most so many, at least 1
     * @param bytesMax no further ones once their messages have so many bytes
     */
    List<Queued> read(long session, long fromSeq, long toSeq, int entriesMax, long bytesMax);

    /** The last entry of a queue, or null if it is empty. */
    @Nullable Queued last(long session);

    /** The place behind the first {@code count} entries of a queue. */
    long placeBehind(long session, int count);

    /** Counts one queue entry less for a stored message; returns how many are left. */
    int release(long messageNumber);
}
