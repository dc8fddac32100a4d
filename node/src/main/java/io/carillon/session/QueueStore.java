package io.carillon.session;

import io.carillon.record.Queued;
import java.util.List;

/** The stored part of a session's queue, as the session reads it. On the shard's loop. */
public interface QueueStore {
    /**
     * The entries of a queue from one place up to but without another, in order.
     *
     * @param entriesMax at most so many, at least 1
     * @param bytesMax no further ones once their messages have so many bytes
     */
    List<Queued> read(long session, long fromSeq, long toSeq, int entriesMax, long bytesMax);

    /** Where a queue ends. */
    End end(long session);

    /** The place behind the first {@code count} entries of a queue. */
    long placeBehind(long session, int count);

    /** A client is there, or gone: much of the queue is read and done with meanwhile. */
    void attached(long session, boolean is);

    /**
     * The end of a queue.
     *
     * @param seq the place behind the last one that was ever used, as far as stored
     * @param bytesEver the bytes of all messages ever queued; 0 if none is stored
     */
    record End(long seq, long bytesEver) {}
}
