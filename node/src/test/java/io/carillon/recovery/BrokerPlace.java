package io.carillon.recovery;

import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** Where the broker is at the moment, if it is up. Any thread. */
final class BrokerPlace implements Place {
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(90);

    private InetSocketAddress address;

    synchronized void up(InetSocketAddress to) {
        address = to;
        notifyAll();
    }

    synchronized void down() {
        address = null;
    }

    /** The address, once the broker is up. */
    @Override
    public synchronized InetSocketAddress next() throws InterruptedException {
        long until = System.nanoTime() + DEADLINE_NANOS;
        while (address == null) {
            long millis = (until - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                throw new AssertionError("the broker did not come back");
            }
            wait(millis);
        }
        return address;
    }

    @Override
    public boolean mayRefuse() {
        return false;
    }
}
