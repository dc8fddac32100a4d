package io.carillon.cluster.replication;

import io.carillon.cluster.ShardId;
import io.carillon.loop.Loop;
import io.carillon.storage.Batch;
import io.carillon.storage.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One shard's part of a {@link LocalLog}: its open batch and how far it is written. On its loop.
 */
final class Lane<R> {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    /** An open batch of this size is written before the turn ends. */
    private static final long BATCH_BYTES_MAX = 1L << 20;

    /**
     * What a lane has written, in all.
     *
     * @param bytes of batches
     */
    record Progress(long records, long bytes) {
        static final Progress NONE = new Progress(0, 0);
    }

    private final ShardId shard;
    private final Loop loop;
    private final ShardMachine<R> machine;
    private final Store store;
    private final LocalLog<R> log;
    private final Batch batch;
    private int openRecords;
    private boolean endsTurn;
    private boolean leading = true;
    private Progress committed = Progress.NONE;

    /** Of whoever commits, one at a time. */
    private long offeredRecords;

    /** Written by the loop, read by the committer. */
    private volatile Progress written = Progress.NONE;

    Lane(ShardId shard, Loop loop, ShardMachine<R> machine, Store store, LocalLog<R> log) {
        this.shard = shard;
        this.loop = loop;
        this.machine = machine;
        this.store = store;
        this.log = log;
        this.batch = store.newBatch();
    }

    Loop loop() {
        return loop;
    }

    boolean leading() {
        return leading;
    }

    Progress written() {
        return written;
    }

    void append(R record) throws AppendRefused {
        try {
            machine.apply(record, batch);
        } catch (RuntimeException | Error e) {
            throw broken(record, e);
        }
        openRecords++;
        if (!endsTurn) {
            endsTurn = true;
            loop.atTurnEnd(this::endTurn);
        }
        if (batch.sizeBytes() >= BATCH_BYTES_MAX) {
            writeOrFail();
        }
    }

    /**
     * Writes the open batch to the store.
     *
     * @throws io.carillon.storage.StorageException if the store has failed; all shards are told
     */
    void write() {
        if (openRecords == 0) {
            return;
        }
        long bytes = batch.sizeBytes();
        try {
            store.write(batch);
        } catch (RuntimeException e) {
            log.fail(e);
            throw e;
        }
        written = new Progress(written.records() + openRecords, written.bytes() + bytes);
        openRecords = 0;
        log.wrote(loop, bytes);
    }

    /** Whether that is more than what was offered before. On the committer. */
    boolean offerToCommit(Progress upTo) {
        if (upTo.records() == offeredRecords) {
            return false;
        }
        offeredRecords = upTo.records();
        return true;
    }

    /** All up to there is durable, as far as the policy promises. */
    void commit(Progress upTo) {
        long records = upTo.records() - committed.records();
        long bytes = upTo.bytes() - committed.bytes();
        if (records <= 0) {
            return;
        }
        committed = upTo;
        log.committed(records, bytes);
        if (!leading) {
            return;
        }
        try {
            machine.committed(Math.toIntExact(records));
        } catch (RuntimeException e) {
            String reason = shard + " has stopped: it failed over a commit: " + e;
            LOG.error("{}", reason, e);
            stop(reason);
        }
    }

    /** Ends the leadership, once. */
    void stop(String reason) {
        if (leading) {
            leading = false;
            discard();
            machine.fail(reason);
        }
    }

    private void endTurn() {
        endsTurn = false;
        writeOrFail();
        if (!log.awaitsDisk()) {
            commit(written);
        }
    }

    private void writeOrFail() {
        try {
            write();
        } catch (RuntimeException e) {
            // The log has told all shards.
            LOG.debug("{} could not be written", shard, e);
        }
    }

    /** The batch may hold half of the record: nothing of the turn is written any more. */
    private AppendRefused broken(R record, Throwable cause) {
        String reason = shard + " has stopped: a record could not be applied: " + cause;
        LOG.error("{}; what this turn appended is dropped. The record: {}", reason, record, cause);
        leading = false;
        discard();
        loop.execute(() -> machine.fail(reason));
        return new AppendRefused(AppendRefused.Reason.NOT_LEADER, reason);
    }

    private void discard() {
        batch.clear();
        openRecords = 0;
    }
}
