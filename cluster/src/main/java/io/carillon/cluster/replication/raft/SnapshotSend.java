package io.carillon.cluster.replication.raft;

import io.carillon.cluster.replication.KeyRange;
import io.carillon.loop.Loop;
import io.carillon.storage.Store;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The leader's side of filling a replica that missed too much: the shard's state as it is when the
 * transfer begins, in parts, each when it is asked for. On the shard's loop.
 *
 * <p>Nothing is prepared and nothing copied beforehand: the store's cursors keep the state as it
 * was. At most one transfer per replica, and few on a node.
 */
final class SnapshotSend {
    /** A transfer that nobody goes on with is given up after so many milliseconds. */
    private static final long IDLE_MILLIS_MAX = 10_000;

    private static final long FRESH_MILLIS = 1_000;

    private final Loop loop;
    private final Store store;
    private final List<KeyRange> ranges;
    private final Bandwidth bandwidth;
    private final InstantSource clock;
    private final Outbox outbox;
    private final Runnable touched;
    private final int partBytes;
    private final Map<Seat, Transfer> transfers = new HashMap<>();
    private long lastTransfer;

    /** One replica that is being filled. */
    private static final class Transfer {
        final long number;
        final long index;
        final int indexTerm;
        final StateRows rows;
        final long begunAtMillis;
        int part;
        byte[] sent = {};
        long usedAtMillis;

        Transfer(long number, long index, int indexTerm, StateRows rows, long nowMillis) {
            this.number = number;
            this.index = index;
            this.indexTerm = indexTerm;
            this.rows = rows;
            this.begunAtMillis = nowMillis;
        }
    }

    /**
     * @param seed where transfer numbers begin: not where an earlier start of this node did
     */
    SnapshotSend(
            Loop loop,
            Store store,
            List<KeyRange> ranges,
            Bandwidth bandwidth,
            InstantSource clock,
            Outbox outbox,
            Runnable touched,
            int partBytes,
            long seed) {
        this.loop = loop;
        this.store = store;
        this.ranges = ranges;
        this.bandwidth = bandwidth;
        this.clock = clock;
        this.outbox = outbox;
        this.touched = touched;
        this.partBytes = partBytes;
        this.lastTransfer = Math.abs(seed >> 1);
    }

    /**
     * A replica asks for a part.
     *
     * @param index the last entry that is in the store's state, all of which is written
     */
    void fetch(Seat to, Message.Fetch fetch, long index, int indexTerm) {
        Transfer transfer = transfers.get(to);
        boolean known =
                transfer != null
                        && (fetch.transfer() == transfer.number
                                || (fetch.transfer() == 0 && isFresh(transfer)));
        if (transfer == null || !known) {
            end(to);
            transfer = begin(to, index, indexTerm);
            if (transfer == null) {
                return; // it asks again
            }
        } else if (fetch.part() < transfer.part) {
            return;
        } else if (fetch.part() == transfer.part + 1) {
            transfer.part++;
            transfer.sent = transfer.rows.next(partBytes);
        }
        transfer.usedAtMillis = clock.millis();
        send(to, fetch.term(), transfer);
    }

    /**
     * True if its beginning may still be on its way. A replica that asks later may have got further
     * from the log meanwhile: it needs the state as it is now.
     */
    private boolean isFresh(Transfer transfer) {
        return transfer.part == 0 && clock.millis() - transfer.begunAtMillis < FRESH_MILLIS;
    }

    private @Nullable Transfer begin(Seat to, long index, int indexTerm) {
        if (!bandwidth.begin()) {
            return null;
        }
        Transfer transfer =
                new Transfer(
                        ++lastTransfer,
                        index,
                        indexTerm,
                        new StateRows(store, ranges),
                        clock.millis());
        transfer.sent = transfer.rows.next(partBytes);
        transfers.put(to, transfer);
        return transfer;
    }

    private void send(Seat to, int term, Transfer transfer) {
        Message.Part part =
                new Message.Part(
                        term,
                        transfer.number,
                        transfer.part,
                        transfer.index,
                        transfer.indexTerm,
                        transfer.rows.isDone(),
                        transfer.sent);
        long delayMillis = bandwidth.delayMillis(part.rows().length);
        if (delayMillis == 0) {
            outbox.add(to, part);
            return;
        }
        loop.schedule(
                delayMillis,
                () -> {
                    touched.run();
                    outbox.add(to, part);
                });
    }

    /** Gives up what nobody goes on with. */
    void tick() {
        long oldest = clock.millis() - IDLE_MILLIS_MAX;
        for (Seat each : new ArrayList<>(transfers.keySet())) {
            Transfer transfer = transfers.get(each);
            if (transfer != null && transfer.usedAtMillis < oldest) {
                end(each);
            }
        }
    }

    /** Gives up all, for this node leads no longer. */
    void endAll() {
        new ArrayList<>(transfers.keySet()).forEach(this::end);
    }

    private void end(Seat to) {
        Transfer transfer = transfers.remove(to);
        if (transfer != null) {
            transfer.rows.close();
            bandwidth.end();
        }
    }
}
