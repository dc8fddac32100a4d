package io.carillon.cluster.membership;

/**
 * What a {@link SharedMap} has done since it was opened.
 *
 * @param waiting changes of this node's part that wait to be written now
 * @param written entries and removals written
 * @param failures batches that were not written at the first try
 * @param overflows changes of other nodes that found no room; their parts were read again
 */
public record SharedMapStats(int waiting, long written, long failures, long overflows) {}
