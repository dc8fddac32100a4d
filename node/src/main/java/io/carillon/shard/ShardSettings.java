package io.carillon.shard;

import io.carillon.session.QueueLimits;

/**
 * The limits of a shard.
 *
 * @param queue how much may wait for one durable session
 * @param qos0WhileOffline true if QoS 0 messages are queued for clients that are away
 * @param subscriptionsMax subscriptions of one durable session
 * @param retainedMessagesMax retained messages of the whole node
 * @param retainedBytesMax their bytes
 * @param waitingMax messages of one shard that may wait for the disk before new ones are refused
 * @param reattachMillis how long a new leader waits for the nodes to announce their connections
 *     before it takes those it doesn't hear of for broken; 0 on a node that stands alone, where
 *     none outlives the leader
 */
public record ShardSettings(
        QueueLimits queue,
        boolean qos0WhileOffline,
        int subscriptionsMax,
        long retainedMessagesMax,
        long retainedBytesMax,
        int waitingMax,
        long reattachMillis) {

    /** The limits on a node that stands alone. */
    public ShardSettings(
            QueueLimits queue,
            boolean qos0WhileOffline,
            int subscriptionsMax,
            long retainedMessagesMax,
            long retainedBytesMax,
            int waitingMax) {
        this(
                queue,
                qos0WhileOffline,
                subscriptionsMax,
                retainedMessagesMax,
                retainedBytesMax,
                waitingMax,
                0);
    }

    /** True if another node may lead a shard next, and connections outlive their leader. */
    boolean isClustered() {
        return reattachMillis > 0;
    }
}
