package io.carillon.shard;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.replication.AppendRefused;
import io.carillon.cluster.replication.ReplicatedLog;
import io.carillon.record.ShardRecord;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The shard's end of its log: appends records, and runs what waits for them in order once they are
 * durable. On the shard's loop.
 */
final class Journal {
    private final ShardId shard;
    private final ReplicatedLog<ShardRecord> log;
    private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();
    private @Nullable Epoch epoch;
    private long appended;
    private long committed;

    /** Waits until a number of records are durable. */
    private record Waiter(long upTo, Runnable durable, Runnable failed) {}

    Journal(ShardId shard, ReplicatedLog<ShardRecord> log) {
        this.shard = shard;
        this.log = log;
    }

    void lead(Epoch newEpoch) {
        epoch = newEpoch;
    }

    /** Nothing more becomes durable here: tells all that wait. */
    void stop() {
        epoch = null;
        List<Waiter> failed = List.copyOf(waiters);
        waiters.clear();
        failed.forEach(waiter -> waiter.failed().run());
    }

    boolean leads() {
        return epoch != null;
    }

    /** True if records are taken: to be asked before a command changes anything. */
    boolean takesMore() {
        return leads() && !log.full();
    }

    /**
     * Lets a command begin that appends.
     *
     * @throws ShardStopped if no more is taken
     */
    void requireRoom() {
        if (!takesMore()) {
            throw new ShardStopped(refusal());
        }
    }

    /** Why no more is taken, for people. */
    String refusal() {
        return leads()
                ? "too much waits for the disk; try again later"
                : "what must be stored can't be: see the log for the cause";
    }

    /** The epoch's generation in the upper half: attachment numbers of a later one are higher. */
    long firstAttachment() {
        return epoch == null ? 0 : epoch.generation() << 32;
    }

    /**
     * Appends a record.
     *
     * @throws ShardStopped if the log doesn't take it
     */
    void append(ShardRecord record) {
        Epoch fence = epoch;
        if (fence == null) {
            throw new ShardStopped(shard + " is not served by this node");
        }
        try {
            log.append(shard, fence, record);
            appended++;
        } catch (AppendRefused e) {
            throw new ShardStopped(e.getMessage() == null ? "refused" : e.getMessage());
        }
    }

    /**
     * Runs the one once all that was appended so far is durable, or the other if it can't become
     * so.
     */
    void whenDurable(Runnable durable, Runnable failed) {
        if (!isBehind()) {
            durable.run();
        } else {
            waiters.add(new Waiter(appended, durable, failed));
        }
    }

    void whenDurable(Runnable durable) {
        whenDurable(durable, () -> {});
    }

    /** True if something appended is not durable yet, or was just now and others hear it first. */
    boolean isBehind() {
        return appended != committed || !waiters.isEmpty();
    }

    void committed(int count) {
        committed += count;
        while (!waiters.isEmpty() && waiters.element().upTo() <= committed) {
            waiters.remove().durable().run();
        }
    }

    /** Makes what was appended readable. */
    void flush() {
        log.flush(shard);
    }

    /** What waits for the disk: one per message, roughly. */
    int waiting() {
        return waiters.size();
    }
}
