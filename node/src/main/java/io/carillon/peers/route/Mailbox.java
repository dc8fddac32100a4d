package io.carillon.peers.route;

import io.carillon.loop.AnyThread;
import io.carillon.loop.Loop;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What other threads have the cluster loop do for the routes, in the order of their calls. However
 * many calls come at once, few tasks of the loop do them.
 *
 * <p>The queue is bounded by what fills it: a subscription waits for its SUBACK, of which a
 * connection has a few at a time, and goes but once.
 */
@AnyThread
final class Mailbox {
    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);
    private static final int CALLS_PER_TASK = 1_024;

    private final Loop loop;
    private final Queue<Runnable> calls = new ConcurrentLinkedQueue<>();

    /** True while a task of the loop is to come, and until the mailbox is opened. */
    private final AtomicBoolean posted = new AtomicBoolean(true);

    Mailbox(Loop loop) {
        this.loop = loop;
    }

    /** Lets the loop have what has come and what will come. On the loop, once. */
    void open() {
        loop.assertInside();
        loop.execute(this::run);
    }

    void add(Runnable call) {
        calls.add(call);
        if (!posted.get() && posted.compareAndSet(false, true)) {
            loop.execute(this::run);
        }
    }

    private void run() {
        for (int i = 0; i < CALLS_PER_TASK; i++) {
            Runnable call = calls.poll();
            if (call == null) {
                posted.set(false);
                if (calls.isEmpty() || !posted.compareAndSet(false, true)) {
                    return;
                }
            } else {
                runSafely(call);
            }
        }
        loop.execute(this::run);
    }

    /** One that fails must not keep the others from being run. */
    private static void runSafely(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.error("what subscribers want could not be told to other nodes", e);
        }
    }
}
