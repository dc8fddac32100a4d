package io.carillon.cluster.membership;

import io.carillon.loop.Loop;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands work to a loop that may have stopped before the cluster did. */
final class Posting {
    private static final Logger LOG = LoggerFactory.getLogger(Posting.class);

    private Posting() {}

    /** Any thread. Work for a stopped loop is dropped: nobody is left to hear of it. */
    static void to(Loop loop, Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("loop {} has stopped", loop.name());
        }
    }
}
