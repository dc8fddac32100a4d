package io.carillon.session;

/**
 * How much may wait for one client.
 *
 * @param messagesMax queued messages, those in flight included
 * @param bytesMax their bytes
 * @param dropOldest what happens when it is full: true drops the oldest message that wasn't sent
 *     yet, false refuses the new one
 * @param inflightMax the most QoS 1 and 2 messages in flight, whatever a client can take
 */
public record QueueLimits(long messagesMax, long bytesMax, boolean dropOldest, int inflightMax) {}
