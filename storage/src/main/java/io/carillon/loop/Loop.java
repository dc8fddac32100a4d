package io.carillon.loop;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * A single thread's worth of work: tasks run one after the other, in the order of their arrival,
 * and whatever belongs to a loop is touched by nothing else. A task that throws is logged and
 * counted; the loop lives on.
 */
public interface Loop extends Executor {

    /** Runs the task on this loop, later, even when called from it. Any thread; never blocks. */
    @Override
    void execute(Runnable task);

    /**
     * The same, unless the loop has stopped: then the task is dropped, and this is false. For what
     * nobody misses where nobody is left. Any thread; never blocks.
     */
    default boolean offer(Runnable task) {
        try {
            execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Runs the task on this loop after the delay, in milliseconds. Any thread; never blocks. */
    Timer schedule(long delayMillis, Runnable task);

    /**
     * Runs the task once when the current turn ends, after the tasks that were waiting when the
     * turn began (or a bounded number of them). What a turn collects is written there in one go. On
     * the loop.
     */
    void atTurnEnd(Runnable task);

    /** True on the loop's own thread. */
    boolean isInside();

    /** Tasks that wait, roughly. Any thread; for back-pressure and metrics. */
    int pending();

    /** The loop's name, which is its thread's name: its role, such as {@code shard-0}. */
    String name();

    /**
     * Checks that the caller is on the loop. Always on.
     *
     * @throws IllegalStateException if it is not
     */
    default void assertInside() {
        if (!isInside()) {
            throw new IllegalStateException(
                    "this belongs to loop "
                            + name()
                            + ", not to "
                            + Thread.currentThread().getName());
        }
    }

    /** A scheduled task that can be called off. */
    interface Timer {
        /** Calls the task off if it hasn't begun. On the loop. */
        void cancel();
    }
}
