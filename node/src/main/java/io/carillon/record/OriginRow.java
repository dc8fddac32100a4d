package io.carillon.record;

/**
 * What a shard has of an exactly-once publisher.
 *
 * @param taken the numbers of its messages that are here
 * @param atMillis when the last came, in milliseconds since the epoch
 */
public record OriginRow(TakenNumbers taken, long atMillis) {}
