package io.carillon.peers.publish;

import io.carillon.cluster.interest.PriorWork;
import io.carillon.loop.AnyThread;
import io.carillon.shard.Receipt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Retained messages that this node has given to the shards of their topics, and that are not
 * answered. Each was matched after it was counted here: so who waits for those of now may look up
 * what was published before this node knew of his subscription. QoS 0 is not waited for.
 *
 * <p>Calls come on any thread; what waits is run on the one that brings the last answer, which is
 * the cluster loop.
 */
@AnyThread
final class RetainedUnderWay implements PriorWork {
    /** Above that nobody waits: messages are unanswered for long, and look-ups give up, too. */
    private static final int WAITING_MAX = 10_000;

    /** Those that were counted between two that wait. */
    private static final class Span {
        private final List<Runnable> then = new ArrayList<>();
        private int open;
    }

    /**
     * The oldest first, never empty; who waits for one waits for all before it. Guarded by this.
     */
    private final ArrayDeque<Span> spans = new ArrayDeque<>(List.of(new Span()));

    private int waiting;

    /** Counts a message until it is answered; to be called before it is matched. */
    Receipt count(Receipt receipt) {
        Span span = open();
        return outcome -> {
            answered(span);
            receipt.done(outcome);
        };
    }

    private synchronized Span open() {
        Span span = spans.getLast();
        if (!span.then.isEmpty()) {
            span = new Span();
            spans.add(span);
        }
        span.open++;
        return span;
    }

    private void answered(Span span) {
        for (Runnable task : close(span)) {
            task.run();
        }
    }

    private synchronized List<Runnable> close(Span span) {
        span.open--;
        List<Runnable> due = new ArrayList<>(0);
        while (spans.getFirst().open == 0 && !spans.getFirst().then.isEmpty()) {
            due.addAll(spans.getFirst().then);
            spans.getFirst().then.clear();
            if (spans.size() > 1) {
                spans.removeFirst();
            }
        }
        waiting -= due.size();
        return due;
    }

    @Override
    public void whenDone(Runnable task) {
        if (!waits(task)) {
            task.run();
        }
    }

    private synchronized boolean waits(Runnable task) {
        Span last = spans.getLast();
        if (spans.size() == 1 && last.open == 0 || waiting >= WAITING_MAX) {
            return false;
        }
        waiting++;
        return last.then.add(task);
    }

    /** How many wait. */
    synchronized int waiting() {
        return waiting;
    }
}
