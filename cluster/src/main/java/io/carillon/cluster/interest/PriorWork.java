package io.carillon.cluster.interest;

/**
 * What this node has begun by what it knew before. Whoever hears that it knows more may rely on
 * that being done.
 */
@FunctionalInterface
public interface PriorWork {
    /** There never is any. */
    PriorWork NONE = Runnable::run;

    /**
     * Runs the task once all is done that is under way now: before the call returns if nothing is,
     * else later on the loop, in the order of the calls.
     */
    void whenDone(Runnable task);
}
