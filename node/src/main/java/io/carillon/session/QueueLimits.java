package io.carillon.session;

/**
 * How much may wait for one client, and what happens to the message that finds no room.
 *
 * @param messagesMax QoS 1 and 2 messages that wait to be sent
 * @param bytesMax what they take together
 */
public record QueueLimits(int messagesMax, long bytesMax, Overflow overflow) {

    /** What gives way when a queue is full. */
    public enum Overflow {
        /** The message that comes. */
        DROP_NEWEST,
        /** Those that have waited longest, until there is room. */
        DROP_OLDEST
    }

    public QueueLimits {
        if (messagesMax < 1 || bytesMax < 1) {
            throw new IllegalArgumentException("a queue needs room for a message and a byte");
        }
    }
}
