package io.carillon.cluster.replication.raft;

import io.carillon.cluster.NodeId;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Gives a shard's leadership to another replica: takes no more records, waits until all are
 * committed, lets the other be elected, and goes on itself if that does not come to be. On the
 * shard's loop.
 */
final class Handover {
    private final GroupId group;
    private final Generation generation;
    private final GroupNode node;
    private final Appender<?> appender;
    private final InstantSource clock;
    private final long millisMax;
    private @Nullable CompletableFuture<Void> result;
    private @Nullable Seat target;
    private @Nullable CompletableFuture<?> election;
    private long deadlineMillis;

    Handover(
            GroupId group,
            Generation generation,
            GroupNode node,
            Appender<?> appender,
            InstantSource clock,
            long millisMax) {
        this.group = group;
        this.generation = generation;
        this.node = node;
        this.appender = appender;
        this.clock = clock;
        this.millisMax = millisMax;
    }

    boolean isUnderWay() {
        return result != null;
    }

    void begin(NodeId to, CompletableFuture<Void> done) {
        Seat seat = seatOf(to);
        if (appender.epoch() == null || !node.leads()) {
            done.completeExceptionally(
                    new IllegalStateException(group + " is not led by this node"));
        } else if (result != null) {
            done.completeExceptionally(
                    new IllegalStateException(group + " is being handed over already"));
        } else if (seat == null) {
            done.completeExceptionally(
                    new IllegalArgumentException(to + " has no replica of " + group));
        } else if (generation.voters().get(seat.number()).node().equals(self())) {
            done.complete(null);
        } else {
            result = done;
            target = seat;
            deadlineMillis = clock.millis() + millisMax;
            appender.pause(group + " is being handed over; try again");
        }
    }

    /** At the end of each turn, and now and then. */
    void advance() {
        CompletableFuture<Void> waiting = result;
        Seat to = target;
        if (waiting == null || to == null) {
            return;
        }
        if (!node.leads() || appender.epoch() == null) {
            end();
            waiting.complete(null);
            return;
        }
        CompletableFuture<?> under = election;
        if (under == null && appender.isDone() && node.lastIndex() == node.commitIndex()) {
            election = node.transferTo(to);
        } else if (under == null
                ? clock.millis() >= deadlineMillis
                : under.isCompletedExceptionally()) {
            end();
            appender.pause(null);
            waiting.completeExceptionally(
                    new IllegalStateException(
                            "seat "
                                    + to.number()
                                    + " did not take over "
                                    + group
                                    + "; this node goes on"));
        }
    }

    /** The replica has stopped. */
    void stop(String reason) {
        CompletableFuture<Void> waiting = result;
        if (waiting != null) {
            end();
            waiting.completeExceptionally(new IllegalStateException(reason));
        }
    }

    private void end() {
        result = null;
        target = null;
        election = null;
    }

    private NodeId self() {
        return generation.voters().get(node.self().number()).node();
    }

    private @Nullable Seat seatOf(NodeId to) {
        for (int seat = 0; seat < generation.voters().size(); seat++) {
            if (generation.voters().get(seat).node().equals(to)) {
                return new Seat(seat);
            }
        }
        return null;
    }
}
