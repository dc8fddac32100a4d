package io.carillon.cluster.link;

import io.carillon.loop.AnyThread;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Answers of all threads on their way to one connection. */
@AnyThread
final class Answers {
    private final int bodyBytesMax;
    private final Runnable sendSoon;
    private final Queue<Answer> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicBoolean asked = new AtomicBoolean();

    /**
     * @param sendSoon has {@link #poll} called on the links' loop
     */
    Answers(int bodyBytesMax, Runnable sendSoon) {
        this.bodyBytesMax = bodyBytesMax;
        this.sendSoon = sendSoon;
    }

    void add(Answer answer) {
        Answer fitting =
                answer.body().length <= bodyBytesMax
                        ? answer
                        : Answer.refusal(
                                answer.id(),
                                "the answer has "
                                        + answer.body().length
                                        + " bytes, at most "
                                        + bodyBytesMax
                                        + " go to a peer");
        queue.add(fitting);
        bytes.addAndGet(cost(fitting));
        if (asked.compareAndSet(false, true)) {
            sendSoon.run();
        }
    }

    long bytes() {
        return bytes.get();
    }

    /** What comes from now on asks anew. On the links' loop. */
    void sendBegins() {
        asked.set(false);
    }

    /** A frame of what waits; null if nothing does. On the links' loop. */
    @Nullable AnswersFrame poll() {
        List<Answer> taken = new ArrayList<>();
        long sum = 0;
        Answer next;
        while (sum < LinkSettings.FRAME_BYTES && (next = queue.poll()) != null) {
            taken.add(next);
            sum += cost(next);
        }
        bytes.addAndGet(-sum);
        return taken.isEmpty() ? null : new AnswersFrame(taken);
    }

    private static long cost(Answer answer) {
        return (long) answer.body().length + LinkSettings.MESSAGE_OVERHEAD_BYTES;
    }
}
