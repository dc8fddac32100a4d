package io.carillon.cluster.replication.raft;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts what the leaders of a node have appended and not committed. Any thread. */
final class Backlog {
    private final RaftSettings.Bounds bounds;
    private final AtomicLong bytes = new AtomicLong();
    private final LongAdder committedRecords = new LongAdder();

    Backlog(RaftSettings.Bounds bounds) {
        this.bounds = bounds;
    }

    void appended(long more) {
        bytes.addAndGet(more);
    }

    void committed(int records, long less) {
        bytes.addAndGet(-less);
        committedRecords.add(records);
    }

    void discarded(long less) {
        bytes.addAndGet(-less);
    }

    long bytes() {
        return bytes.get();
    }

    long committedRecords() {
        return committedRecords.sum();
    }

    boolean congested() {
        return bytes.get() >= bounds.congestedBytes();
    }

    boolean full() {
        return bytes.get() >= bounds.uncommittedBytesMax() / 2;
    }

    boolean refuses() {
        return bytes.get() >= bounds.uncommittedBytesMax();
    }
}
