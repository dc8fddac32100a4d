package io.carillon.net;

import java.util.concurrent.atomic.AtomicLongArray;

/** The counts of one event loop: it alone adds, without contention; any thread reads. */
@SuppressWarnings("EnumOrdinal") // the index of an array that never leaves this object
final class NetCounts {
    private final AtomicLongArray counts = new AtomicLongArray(NetCount.values().length);

    void add(NetCount count, long n) {
        int i = count.ordinal();
        counts.setOpaque(i, counts.getPlain(i) + n);
    }

    void increment(NetCount count) {
        add(count, 1);
    }

    long get(NetCount count) {
        return counts.getOpaque(count.ordinal());
    }
}
