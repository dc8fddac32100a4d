package io.carillon.node;

import io.carillon.loop.ThreadLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The loops {@code shard-0}, {@code shard-1} and so on that the shards are spread over. */
final class ShardLoops implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ShardLoops.class);
    private static final long SETTLE_SECONDS_MAX = 10;

    private final List<ThreadLoop> loops = new ArrayList<>();

    /** Starts that many. */
    ShardLoops(int count) {
        for (int i = 0; i < count; i++) {
            loops.add(ThreadLoop.start("shard-" + i));
        }
    }

    List<ThreadLoop> all() {
        return List.copyOf(loops);
    }

    /** Tasks that wait, of all loops. Any thread. */
    int pending() {
        return loops.stream().mapToInt(ThreadLoop::pending).sum();
    }

    /** Tasks that threw, of all loops. Any thread. */
    long failures() {
        return loops.stream().mapToLong(ThreadLoop::failures).sum();
    }

    /** Returns once each loop has run what it was given before, or after ten seconds. */
    void settle() throws InterruptedException {
        List<CompletableFuture<Void>> marks = new ArrayList<>();
        for (ThreadLoop loop : loops) {
            CompletableFuture<Void> mark = new CompletableFuture<>();
            loop.execute(() -> mark.complete(null));
            marks.add(mark);
        }
        try {
            CompletableFuture.allOf(marks.toArray(CompletableFuture[]::new))
                    .get(SETTLE_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException | RejectedExecutionException e) {
            LOG.warn(
                    "the shards are still busy after {} s: {} tasks wait",
                    SETTLE_SECONDS_MAX,
                    pending());
        }
    }

    @Override
    public void close() {
        loops.forEach(ThreadLoop::close);
    }
}
