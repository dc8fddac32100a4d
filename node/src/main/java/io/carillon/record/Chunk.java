package io.carillon.record;

import java.util.List;

/**
 * Entries of one session's queue that came in one turn: consecutive places, stored as one row that
 * never changes.
 *
 * @param block the number of the block that has the messages of the entries that don't hold them; 0
 *     if all do
 * @param entries at least one
 * @param numbers for each entry the number of its message in the block, from 1; 0 for one that
 *     holds its message
 */
public record Chunk(long session, long block, List<Queued> entries, int[] numbers) {
    public long firstSeq() {
        return entries.getFirst().seq();
    }
}
