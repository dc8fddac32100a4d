package io.carillon.record;

/**
 * How far a session is done with its queue, beside the chunks that are stored.
 *
 * @param head all places below are done with
 * @param doneBeyond places above that are done with too: the first of each range, and the one
 *     behind its last, upwards
 * @param released places whose message the subscriber has (PUBREC), as ranges
 */
public record QueueState(long head, long[] doneBeyond, long[] released) {
    private static final long[] NONE = {};

    public static final QueueState NEW = new QueueState(0, NONE, NONE);
}
