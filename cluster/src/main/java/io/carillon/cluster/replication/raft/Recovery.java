package io.carillon.cluster.replication.raft;

import io.carillon.cluster.ShardId;
import io.carillon.cluster.Voter;
import io.carillon.storage.Batch;
import io.carillon.storage.Store;
import io.carillon.storage.overlay.ChangeBytes;
import io.microraft.model.log.LogEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins a generation of one replica from what a store has, when a majority of the others is gone
 * for good. No replica of the shard may run on the store meanwhile.
 *
 * <p>All entries that the store has are applied, also those that nobody knows to be committed: they
 * may have been acknowledged. What only the others had is lost.
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    /** So far ahead that the others can't have come to the same number in the meantime. */
    private static final int GENERATIONS_AHEAD = 64;

    private Recovery() {}

    /** Why the store can't be gone on from, or null if it can. */
    static @Nullable String refusal(@Nullable StoredGroup stored, ShardId shard, Voter self) {
        if (stored == null || !stored.generation().names(self)) {
            return "this node has no replica of " + shard;
        }
        boolean isEmpty = stored.applied() == 0 && stored.generation().number() > 1;
        if (isEmpty || stored.applied() == StoredGroup.INSTALLING) {
            return "this node's replica of " + shard + " was not filled yet: it has no state";
        }
        return null;
    }

    /**
     * Writes and syncs the beginning of the generation.
     *
     * @throws IllegalStateException if there is nothing to go on from
     * @throws io.carillon.storage.StorageException if the store can't be read or written
     */
    static Generation run(Store store, ShardId shard, Voter self) {
        StoredGroup stored = StoredGroup.read(store, shard);
        String refusal = refusal(stored, shard, self);
        if (stored == null || refusal != null) {
            throw new IllegalStateException(refusal);
        }
        Generation last = stored.generation();
        long applied = stored.applied();
        try (Batch batch = store.newBatch()) {
            GroupKeys keys = new GroupKeys(new GroupId(shard, last.number()));
            GroupRows rows = new GroupRows(store, keys, () -> batch, last);
            Generation sealedFor = stored.next();
            for (LogEntry entry : stored.entries()) {
                if (entry.getIndex() > applied && sealedFor == null) {
                    sealedFor = apply(entry, rows, batch);
                    applied = entry.getIndex();
                }
            }
            long latest = sealedFor == null ? last.number() : sealedFor.number();
            long number = latest + GENERATIONS_AHEAD;
            Generation begun = new Generation(number, List.of(self), number);
            batch.deleteRange(
                    GroupRows.SPACE, GroupKeys.shard(shard), GroupKeys.group(shard, number));
            GroupRows.putBegun(batch, shard, begun);
            store.write(batch);
            store.sync();
            LOG.warn(
                    "{} GOES ON ALONE ON THIS NODE, as generation {}, from entry {} of generation"
                            + " {}, whose voters were {}. What only the others had is lost; they"
                            + " are refused should they come back, until the shard gets voters"
                            + " there again",
                    shard,
                    number,
                    applied,
                    last.number(),
                    last.voters());
            return begun;
        }
    }

    private static @Nullable Generation apply(LogEntry entry, GroupRows rows, Batch batch) {
        return switch ((Operation) entry.getOperation()) {
            case Operation.NewTerm newTerm -> null;
            case Operation.Seal seal -> seal.next();
            case Operation.Records records -> {
                ChangeBytes.writeTo(rows.payload(entry.getIndex()), batch);
                yield null;
            }
        };
    }
}
