package io.carillon.cluster.replication.raft;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.replication.AppendRefused;
import io.carillon.cluster.replication.ShardMachine;
import io.carillon.storage.overlay.Changes;
import io.carillon.storage.overlay.Overlay;
import io.carillon.storage.overlay.RecordedBatch;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The leader's end of the log: gathers the records of a turn into one entry, and remembers what
 * they change until they are committed. On the shard's loop.
 *
 * <p>While many entries are under way no more are begun: records gather into larger ones then.
 */
final class Appender<R> {
    /** Entries under way from which on records gather. */
    private static final int ENTRIES_MAX = 64;

    private static final long RECORD_OVERHEAD_BYTES = 16;

    private final GroupId group;
    private final ShardMachine<R> machine;
    private final Backlog backlog;
    private final Overlay overlay;
    private final RecordedBatch recorded = new RecordedBatch();
    private final int entryBytesMax;
    private final ArrayDeque<Operation.Records> sealed = new ArrayDeque<>();
    private final ArrayDeque<Operation.Records> underWay = new ArrayDeque<>();
    private @Nullable Epoch epoch;
    private @Nullable Pending open;
    private @Nullable String paused;

    Appender(
            GroupId group,
            ShardMachine<R> machine,
            Backlog backlog,
            Overlay overlay,
            int entryBytesMax) {
        this.group = group;
        this.machine = machine;
        this.backlog = backlog;
        this.overlay = overlay;
        this.entryBytesMax = entryBytesMax;
    }

    /** The epoch that this node leads in and its machine knows of, or null. */
    @Nullable Epoch epoch() {
        return epoch;
    }

    void lead(Epoch newEpoch) {
        epoch = newEpoch;
        paused = null;
    }

    /** Takes no records for a while; with null it does again. The machine hears of both. */
    void pause(@Nullable String reason) {
        boolean before = paused != null;
        if (reason != null && !before) {
            machine.pause(reason); // it may have something left to append
        }
        paused = reason;
        if (reason == null && before) {
            machine.resume();
        }
    }

    /** Ends leading; what is not committed may or may not come to be. */
    void follow() {
        if (epoch == null) {
            return; // what is read through belongs to another generation, maybe
        }
        epoch = null;
        dropOpen();
        long bytes = 0;
        for (ArrayDeque<Operation.Records> queue : List.of(sealed, underWay)) {
            for (Operation.Records records : queue) {
                bytes += cost(records);
                records.forgetPending();
            }
            queue.clear();
        }
        recorded.clear();
        overlay.discard();
        backlog.discarded(bytes);
    }

    /**
     * Takes a record into the turn's entry.
     *
     * @throws AppendRefused if it is not taken; nothing was changed
     * @throws RuntimeException if it can't be applied: the leadership has to end, what the turn
     *     appended goes with it
     */
    void append(Epoch fence, R record, boolean leads) throws AppendRefused {
        if (!leads || !fence.equals(epoch)) {
            throw new AppendRefused(
                    AppendRefused.Reason.NOT_LEADER, "no longer leading " + group + " in " + fence);
        }
        if (paused != null) {
            throw new AppendRefused(AppendRefused.Reason.BUSY, paused);
        }
        if (backlog.refuses()) {
            throw new AppendRefused(
                    AppendRefused.Reason.BUSY,
                    backlog.bytes() + " bytes wait to be replicated; try again later");
        }
        Pending pending = open;
        if (pending == null) {
            pending = new Pending();
            open = pending;
        }
        long before = recorded.sizeBytes();
        try {
            machine.apply(record, recorded);
        } catch (RuntimeException | Error e) {
            dropOpen(); // it may hold half of the record
            paused = "a record of " + group + " can't be applied";
            throw e;
        }
        long cost = recorded.sizeBytes() - before + RECORD_OVERHEAD_BYTES;
        pending.countRecord(cost);
        backlog.appended(cost);
        if (pending.cost() >= entryBytesMax) {
            seal();
        }
    }

    /**
     * Makes an entry of what the turn appended, and gives the log what it takes. What it does not
     * take now is offered at the end of the next turn, which comes with the next heartbeat at the
     * latest.
     */
    void replicate(GroupNode node) {
        if (epoch == null || !node.takesEntries()) {
            return;
        }
        if (open != null && node.lastIndex() - node.commitIndex() < ENTRIES_MAX) {
            seal();
        }
        while (!sealed.isEmpty() && node.lastIndex() - node.commitIndex() < ENTRIES_MAX) {
            Operation.Records records = sealed.element();
            if (!node.replicate(records)) {
                return;
            }
            sealed.remove();
            underWay.add(records);
        }
    }

    /** Makes readable what was appended so far. */
    void flush() {
        Pending pending = open;
        if (pending != null && !recorded.isEmpty()) {
            Changes changes = recorded.take();
            pending.add(changes);
            overlay.append(changes);
        }
    }

    private void dropOpen() {
        Pending pending = open;
        if (pending != null) {
            backlog.discarded(pending.cost());
        }
        open = null;
        recorded.clear();
    }

    private void seal() {
        Pending pending = open;
        if (pending != null) {
            flush();
            open = null;
            sealed.add(Operation.Records.appended(pending.encode(), pending));
        }
    }

    /**
     * An entry of this node is applied and written; returns how many records that commits, 0 if it
     * no longer leads.
     */
    int applied(Operation.Records records) {
        Pending pending = records.pending();
        if (pending == null || !records.equals(underWay.peek())) {
            return 0;
        }
        underWay.remove();
        for (int i = 0; i < pending.layers(); i++) {
            overlay.commit();
        }
        records.forgetPending();
        backlog.committed(pending.records(), pending.cost());
        return pending.records();
    }

    /** True if all that was appended is committed. */
    boolean isDone() {
        return open == null && sealed.isEmpty() && underWay.isEmpty();
    }

    private static long cost(Operation.Records records) {
        Pending pending = records.pending();
        return pending == null ? 0 : pending.cost();
    }
}
