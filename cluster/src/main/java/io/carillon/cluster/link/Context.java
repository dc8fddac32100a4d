package io.carillon.cluster.link;

import io.carillon.loop.Loop;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;

/**
 * What all links of a node share.
 *
 * @param numbers gives series and attempts their numbers
 * @param pulseNow what is said with heartbeats from now on
 */
record Context(
        Loop loop,
        Wire.Dialer dialer,
        LinkIdentity self,
        Versions versions,
        LinkSettings settings,
        PeerHandler handler,
        PeerListener listener,
        RandomGenerator random,
        Handshake handshake,
        Receivers receivers,
        RefusalLog refusals,
        AtomicLong numbers,
        AtomicReference<Pulse> pulseNow) {

    Pulse pulse() {
        return pulseNow.get();
    }

    /** Runs the task on the links' loop, unless that has stopped. Any thread. */
    void post(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            // The node is stopping: there are no links any more.
        }
    }
}
