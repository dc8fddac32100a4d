package io.carillon.jmh;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of benchmarks: of the kind that event loops have, since Netty uses its buffers and
 * queue entries again only there. The launcher names this class to JMH.
 */
public final class LoopThreads extends ThreadPoolExecutor {
    /** As JMH calls it. Each thread has at most one task, so the queue stays empty or short. */
    public LoopThreads(int threads, String name) {
        super(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new DefaultThreadFactory(name, true));
    }
}
