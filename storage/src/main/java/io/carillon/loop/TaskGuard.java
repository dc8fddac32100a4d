package io.carillon.loop;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the tasks of one loop: one that throws is logged and counted, and the loop lives on. */
final class TaskGuard {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

    private final String loop;
    private volatile long failures;

    TaskGuard(String loop) {
        this.loop = loop;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer, the loop
    void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) { // a task must not be able to end the loop that others share
            failures++;
            LOG.error("a task on loop {} failed; the loop goes on", loop, e);
        }
    }

    /** Tasks that threw so far. Any thread. */
    long failures() {
        return failures;
    }
}
