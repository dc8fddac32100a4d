package io.carillon.net;

import io.carillon.loop.AnyThread;

/** Tells when other nodes know of new subscriptions: SUBACK waits for it. */
@AnyThread
@FunctionalInterface
public interface RouteBarrier {
    /** There is no other node. */
    RouteBarrier ALONE = Runnable::run;

    /**
     * Runs the task once all reachable nodes have applied the routes that this one has announced up
     * to now, or the time for that is over. On any thread, perhaps before the call returns.
     */
    void await(Runnable task);
}
