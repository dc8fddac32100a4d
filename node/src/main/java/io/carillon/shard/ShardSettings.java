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
 */
public record ShardSettings(
        QueueLimits queue,
        boolean qos0WhileOffline,
        int subscriptionsMax,
        long retainedMessagesMax,
        long retainedBytesMax,
        int waitingMax) {}
