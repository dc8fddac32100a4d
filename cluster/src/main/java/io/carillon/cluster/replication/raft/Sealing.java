package io.carillon.cluster.replication.raft;

import io.carillon.cluster.Voter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Ends a generation in favour of the next: takes no more records, waits until all are committed and
 * those who stay have them, then appends the seal. On the shard's loop.
 *
 * <p>Enough of the old voters have to stay and be in sync, so that whoever of them fails behind the
 * seal, another one has the state and the old group can still find out that it is sealed.
 */
final class Sealing {
    private final GroupId group;
    private final Generation generation;
    private final GroupNode node;
    private final Appender<?> appender;
    private final Applier applier;
    private final InstantSource clock;
    private final long millisMax;
    private @Nullable CompletableFuture<Void> result;
    private @Nullable Generation next;
    private boolean appended;
    private long deadlineMillis;

    Sealing(
            GroupId group,
            Generation generation,
            GroupNode node,
            Appender<?> appender,
            Applier applier,
            InstantSource clock,
            long millisMax) {
        this.group = group;
        this.generation = generation;
        this.node = node;
        this.appender = appender;
        this.applier = applier;
        this.clock = clock;
        this.millisMax = millisMax;
    }

    boolean isUnderWay() {
        return result != null;
    }

    /** Begins; {@code done} fails if nothing comes of it, and is left alone otherwise. */
    void begin(Generation wanted, CompletableFuture<Void> done) {
        String refusal = refusal(wanted);
        if (refusal != null) {
            done.completeExceptionally(new IllegalStateException(refusal));
            return;
        }
        result = done;
        next = wanted;
        appended = false;
        deadlineMillis = clock.millis() + millisMax;
        appender.pause(group + " is about to get other voters; try again");
    }

    private @Nullable String refusal(Generation wanted) {
        if (appender.epoch() == null || !node.leads()) {
            return group + " is not led by this node";
        }
        if (result != null) {
            return group + " is about to get other voters already";
        }
        if (wanted.number() != generation.number() + 1
                || wanted.recovered() != generation.recovered()) {
            return "generation " + wanted.number() + " does not follow on " + generation;
        }
        if (wanted.voters().equals(generation.voters())) {
            return group + " has these voters already";
        }
        int there = count(staying(wanted), node.inSync());
        if (there < needed(wanted)) {
            return "of the voters of "
                    + group
                    + " that are to stay "
                    + there
                    + " are in sync, and "
                    + needed(wanted)
                    + " have to be; wait for them or change fewer at a time";
        }
        return null;
    }

    /** At the end of each turn, and now and then. */
    void advance() {
        CompletableFuture<Void> waiting = result;
        Generation wanted = next;
        if (waiting == null || wanted == null) {
            return;
        }
        if (applier.next() != null) {
            result = null;
        } else if (!node.leads() || appender.epoch() == null) {
            fail("this node lost the leadership of " + group + " before it could be sealed");
        } else if (!appended) {
            if (isReady(wanted)) {
                appended = node.replicate(new Operation.Seal(wanted));
            } else if (clock.millis() >= deadlineMillis) {
                appender.pause(null);
                fail("the voters of " + group + " that are to stay did not catch up in time");
            }
        }
    }

    private boolean isReady(Generation wanted) {
        return appender.isDone()
                && node.takesEntries()
                && node.lastIndex() == node.commitIndex()
                && count(staying(wanted), node.complete()) >= needed(wanted);
    }

    /** The replica has stopped. */
    void stop(String reason) {
        if (result != null) {
            fail(reason);
        }
    }

    private void fail(String reason) {
        CompletableFuture<Void> waiting = result;
        result = null;
        next = null;
        if (waiting != null) {
            waiting.completeExceptionally(new IllegalStateException(reason));
        }
    }

    private int needed(Generation wanted) {
        return Math.min(generation.majority(), wanted.majority());
    }

    /** The seats of this generation whose replicas go on in the next. */
    private List<Seat> staying(Generation wanted) {
        List<Seat> seats = new ArrayList<>();
        for (Voter voter : generation.voters()) {
            if (wanted.names(voter)) {
                seats.add(new Seat(generation.seatOf(voter)));
            }
        }
        return seats;
    }

    private int count(List<Seat> seats, Set<Seat> among) {
        return (int)
                seats.stream()
                        .filter(seat -> seat.equals(node.self()) || among.contains(seat))
                        .count();
    }
}
