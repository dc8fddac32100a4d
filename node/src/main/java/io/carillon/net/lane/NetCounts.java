package io.carillon.net.lane;

import java.util.concurrent.atomic.AtomicLongArray;

/** The counts of one event loop: it alone adds, without contention; any thread reads. */
@SuppressWarnings("EnumOrdinal") // the index of an array that never leaves this object
public final class NetCounts {
    private final AtomicLongArray counts = new AtomicLongArray(NetCount.values().length);

    public void add(NetCount count, long n) {
        int i = count.ordinal();
        counts.setOpaque(i, counts.getPlain(i) + n);
    }

    public void increment(NetCount count) {
        add(count, 1);
    }

    long get(NetCount count) {
        return counts.getOpaque(count.ordinal());
    }
}
