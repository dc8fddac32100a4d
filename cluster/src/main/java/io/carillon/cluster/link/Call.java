package io.carillon.cluster.link;

import io.carillon.loop.Loop;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A call under way. On the links' loop, but for its result. */
final class Call {
    private final CompletableFuture<byte[]> result = new CompletableFuture<>();
    private long id;
    private Loop.@Nullable Timer timer;
    private boolean finished;

    CompletableFuture<byte[]> result() {
        return result;
    }

    /** Its number on the wire, once it is sent. */
    long id() {
        return id;
    }

    boolean isFinished() {
        return finished;
    }

    void numbered(long number) {
        id = number;
    }

    void endsBy(Loop.Timer timeout) {
        timer = timeout;
    }

    /** False if it was finished before. */
    boolean finish() {
        if (finished) {
            return false;
        }
        finished = true;
        if (timer != null) {
            timer.cancel();
        }
        return true;
    }
}
