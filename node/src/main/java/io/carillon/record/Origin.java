package io.carillon.record;

/**
 * What an exactly-once publisher calls a message, so that a shard can drop what it already has:
 * sessions number their QoS 2 messages upwards, and the messages of one session reach a shard in
 * that order.
 *
 * @param session the number of the publishing session
 * @param number from 1
 * @param repeat true if it may have been routed before: only then is it compared
 */
public record Origin(long session, long number, boolean repeat) {}
