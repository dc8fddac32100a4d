package io.carillon.cluster.interest;

import io.carillon.loop.Loop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Who waits until peers have applied what was announced. All callers of a turn share one barrier;
 * when {@link #WAITING_MAX} of them wait, callers gather in the next one for longer than a turn. On
 * the loop.
 */
final class Barriers {
    private static final int WAITING_MAX = 1_024;

    private final Loop loop;
    private final long millisMax;
    private final Counters counters;
    private final Runnable touched;
    private final ToLongFunction<Barrier> overtaken;
    private @Nullable CompletableFuture<Void> gathering;
    private int waiting;

    /**
     * @param overtaken told of a barrier that takes too long; says for how many milliseconds more
     *     it has to wait
     */
    Barriers(
            Loop loop,
            long millisMax,
            Counters counters,
            Runnable touched,
            ToLongFunction<Barrier> overtaken) {
        this.loop = loop;
        this.millisMax = millisMax;
        this.counters = counters;
        this.touched = touched;
        this.overtaken = overtaken;
    }

    int waiting() {
        return waiting;
    }

    /** True if somebody is to wait who does not yet. */
    boolean isGathering() {
        return gathering != null;
    }

    /** Completes after what is announced by now has reached the peers. */
    CompletionStage<Void> join() {
        if (gathering == null) {
            gathering = new CompletableFuture<>();
        }
        touched.run();
        return gathering;
    }

    /**
     * Lets what has gathered wait for the peers; to be called once all changes of the turn are
     * sent.
     *
     * @param enlist has the barrier await each peer that lacks something
     */
    void seal(Consumer<Barrier> enlist) {
        if (gathering == null || waiting >= WAITING_MAX) {
            return;
        }
        Barrier barrier = new Barrier(gathering);
        gathering = null;
        counters.barriers++;
        waiting++;
        enlist.accept(barrier);
        if (barrier.missing > 1) {
            barrier.timer = loop.schedule(millisMax, barrier::timeOut);
        }
        barrier.arrived();
    }

    /** Lets all go that gather. */
    void close() {
        if (gathering != null) {
            gathering.complete(null);
        }
    }

    /** The callers of one turn, and how many peers' confirmations they still wait for. */
    final class Barrier {
        private final CompletableFuture<Void> reached;
        private Loop.@Nullable Timer timer;

        /** One more than confirmations, until all are enlisted. */
        private int missing = 1;

        private boolean over;

        private Barrier(CompletableFuture<Void> reached) {
            this.reached = reached;
        }

        boolean isOver() {
            return over;
        }

        void await() {
            missing++;
        }

        void arrived() {
            missing--;
            if (missing == 0 && !over) {
                end();
            }
        }

        private void timeOut() {
            if (over) {
                return;
            }
            counters.barrierTimeouts++;
            long owedMillis = overtaken.applyAsLong(this);
            if (owedMillis > 0) {
                timer = loop.schedule(owedMillis, this::endLate);
            } else {
                end();
            }
        }

        private void endLate() {
            if (!over) {
                end();
            }
        }

        private void end() {
            over = true;
            waiting--;
            if (timer != null) {
                timer.cancel();
            }
            if (gathering != null) {
                touched.run();
            }
            reached.complete(null);
        }
    }
}
