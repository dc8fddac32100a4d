package io.carillon.record;

/**
 * What a shard has of an exactly-once publisher.
 *
 * @param number of its newest message here
 * @param atMillis when that came, in milliseconds since the epoch
 */
public record OriginRow(long number, long atMillis) {}
