package io.carillon.testing.cluster;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Addresses of the loopback interface. All of 127.0.0.0/8 is there without any setting-up, and at
 * an address of its own every port is free.
 */
public final class Loopback {
    private static final AtomicInteger LAST = new AtomicInteger();

    private Loopback() {}

    /** An address that neither this run of tests nor another one uses. */
    public static Host host() {
        long pid = ProcessHandle.current().pid();
        // 127.0.x.x is for everybody else.
        long second = 1 + (pid >> 8) % 254;
        int fourth = LAST.incrementAndGet();
        if (fourth > 254) {
            throw new IllegalStateException("too many nodes in one run of tests");
        }
        return new Host("127.%d.%d.%d".formatted(second, pid & 255, fourth), List.of());
    }
}
