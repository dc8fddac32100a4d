package io.carillon.cluster.replication.raft;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Who waits until a generation is in force, if anybody does. On the shard's loop. */
final class Awaited {
    private long generation;
    private @Nullable CompletableFuture<Void> done;

    /** That generation, or a later one, is waited for; who waited before is heard of no more. */
    void begin(long number, CompletableFuture<Void> whenInForce) {
        generation = number;
        done = whenInForce;
    }

    /** The generation is in force. */
    void inForce(long number) {
        CompletableFuture<Void> waiting = done;
        if (waiting != null && generation <= number) {
            done = null;
            waiting.complete(null);
        }
    }

    /** It won't be. */
    void fail(String reason) {
        CompletableFuture<Void> waiting = done;
        if (waiting != null) {
            done = null;
            waiting.completeExceptionally(new IllegalStateException(reason));
        }
    }
}
