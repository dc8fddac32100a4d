package io.carillon.testing.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Addresses of the loopback interface. All of 127.0.0.0/8 is there without any setting-up, and at
 * an address of its own every port is free. Only the cluster members, which take no address that
 * isn't listed at an interface, share 127.0.0.1.
 */
public final class Loopback {
    private static final AtomicInteger LAST = new AtomicInteger();

    /** Below those that the system gives to outgoing connections. */
    private static final int MEMBER_PORT_MIN = 15_000;

    private static final int MEMBER_PORTS = 15_000;

    private Loopback() {}

    /** An address that neither this run of tests nor another one uses. */
    public static Host host() {
        long pid = ProcessHandle.current().pid();
        // 127.0.x.x is for everybody else.
        long second = 1 + (pid >> 8) % 254;
        int number = LAST.incrementAndGet();
        if (number > 254) {
            throw new IllegalStateException("too many nodes in one run of tests");
        }
        String address = "127.%d.%d.%d".formatted(second, pid & 255, number);
        return new Host(address, "127.0.0.1:" + freePort(pid * 16 + number), List.of());
    }

    /** The first one from there on that nobody listens at. */
    private static int freePort(long from) {
        for (long i = from; ; i++) {
            int port = MEMBER_PORT_MIN + (int) (i % MEMBER_PORTS);
            try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return port;
            } catch (IOException e) {
                // It is taken.
                continue;
            }
        }
    }
}
