package io.carillon.cluster.lease;

import io.carillon.cluster.Incarnation;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.link.Pulse;
import io.carillon.loop.AnyThread;
import io.carillon.loop.Loop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this node may act on what it knows: no other one has given it up since. With each
 * heartbeat a node says whom it counts on. Each of these agrees if it counts on the same nodes, and
 * if the asking one has applied all that it has said; it stands by that for a term, and passes the
 * asking one by only after that. A node holds the lease while all that it counts on have agreed
 * within a term, counted from when it asked, and are a majority.
 *
 * <p>One that has ended is taken up again only by {@link #resume}. A process that stood still finds
 * it ended by the clock. On the loop where not said otherwise.
 */
public final class Lease implements Pulse, Executor {
    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
    private static final long TICK_MILLIS = 250;
    private static final long ENDED = Long.MIN_VALUE;

    private final NodeId self;
    private final Loop loop;
    private final LongSupplier monotonicMillis;
    private final LeaseTerms terms;
    private final Standing standing;
    private final Promises promises;

    /** When what they agreed to was asked, of those that agreed to the view. */
    private final Map<NodeId, Long> agreed = new HashMap<>();

    private final long startMillis;
    private final List<Runnable> waiting = new ArrayList<>();
    private View view;
    private boolean resumed;
    private boolean given;

    /** Compared by any thread with the clock. */
    private volatile long deadlineMillis = ENDED;

    /**
     * One that is not held yet.
     *
     * @param monotonicMillis a clock that only goes forward, and goes on while the process stands
     *     still; any thread
     */
    public Lease(
            NodeId self,
            Loop loop,
            LongSupplier monotonicMillis,
            LeaseTerms terms,
            Standing standing) {
        loop.assertInside();
        this.self = self;
        this.loop = loop;
        this.monotonicMillis = monotonicMillis;
        this.terms = terms;
        this.promises = new Promises(terms);
        this.standing = standing;
        this.startMillis = nowMillis();
        this.view = standing.view();
        tick();
    }

    /** True while this node may act on what it knows. Any thread. */
    @AnyThread
    public boolean isHeld() {
        return nowMillis() < deadlineMillis;
    }

    /**
     * Runs a task that answers a subscriber, as soon as this node may: while it holds the lease,
     * and all that it counts on now have agreed within {@link LeaseTerms#answerMillis}.
     */
    @Override
    public void execute(Runnable task) {
        loop.assertInside();
        look();
        waiting.add(task);
        settle();
    }

    /** Those of the view that have not agreed within the term, for people. */
    public String missing() {
        loop.assertInside();
        long now = nowMillis();
        return view.names().stream()
                .filter(node -> !node.equals(self))
                .filter(node -> endMillis(agreed.get(node), terms.millis()) <= now)
                .map(NodeId::name)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** All that others have said is known again: the lease is held if they have agreed. */
    public void resume() {
        loop.assertInside();
        look();
        if (!resumed && !given && untilMillis(terms.millis()) > nowMillis()) {
            resumed = true;
            LOG.info("all nodes in reach know of this one");
            settle();
        }
    }

    /** Gives it back for good; others need not wait for this node once they hear of it. */
    public void give() {
        loop.assertInside();
        given = true;
        resumed = false;
        deadlineMillis = ENDED;
    }

    /** The node has given its lease back. */
    public void givenBack(NodeId by) {
        loop.assertInside();
        promises.ended(by);
    }

    /**
     * How long this node still stands by what it has promised to the other one; 0 if it doesn't.
     */
    public long owedMillis(NodeId to) {
        loop.assertInside();
        return Math.max(0, promises.untilMillis(to) - nowMillis());
    }

    /** Whom this node counts on may have changed. */
    public void look() {
        loop.assertInside();
        View now = standing.view();
        if (!now.equals(view)) {
            view = now;
            agreed.clear();
            now.nodes().forEach(promises::ended);
            settle();
            standing.changed();
        }
    }

    @Override
    public long nowMillis() {
        return monotonicMillis.getAsLong();
    }

    @Override
    public long wordFor(NodeId peer) {
        look();
        return view.word();
    }

    @Override
    public boolean agrees(NodeId peer, Incarnation incarnation, long word) {
        look();
        long now = nowMillis();
        promises.pass(now);
        // What an earlier start of this node has promised is not known.
        boolean mayOwe = now - startMillis < terms.millis() && !view.isWhole() && !isFirstStart();
        if (word != view.word()
                || !view.has(peer, incarnation)
                || mayOwe
                || promises.exclude(peer, incarnation, view, now)
                || !standing.isLevel(peer)) {
            return false;
        }
        promises.add(peer, incarnation, view, now);
        return true;
    }

    @Override
    public void agreed(NodeId peer, long word, long saidMillis) {
        look();
        if (word == view.word()) {
            agreed.merge(peer, saidMillis, Math::max);
            settle();
        }
    }

    private void tick() {
        look();
        settle();
        loop.schedule(TICK_MILLIS, this::tick);
    }

    /** Ends it if it is over, and only then puts its end off. */
    private void settle() {
        long now = nowMillis();
        promises.pass(now);
        if (resumed && deadlineMillis != ENDED && now >= deadlineMillis) {
            resumed = false;
            deadlineMillis = ENDED;
            agreed.clear();
            LOG.warn("other nodes may have given this one up; it waits until all know of it");
            standing.lapsed();
            return;
        }
        long until = untilMillis(terms.millis());
        if (resumed && until > now) {
            deadlineMillis = Math.max(deadlineMillis, until);
        }
        if (resumed && untilMillis(terms.answerMillis()) > now) {
            List<Runnable> answers = List.copyOf(waiting);
            waiting.clear();
            answers.forEach(Runnable::run);
        }
    }

    /** Until when all stand by the view, for so long after they were asked; past if they don't. */
    private long untilMillis(long termMillis) {
        if (!view.isMajority()) {
            return ENDED;
        }
        long until = endMillis(nowMillis(), termMillis);
        for (NodeId node : view.names()) {
            if (!node.equals(self)) {
                until = Math.min(until, endMillis(agreed.get(node), termMillis));
            }
        }
        return until;
    }

    private long endMillis(@Nullable Long saidMillis, long termMillis) {
        return saidMillis == null ? ENDED : saidMillis + termMillis - terms.marginMillis();
    }

    private boolean isFirstStart() {
        Incarnation start = view.nodes().get(self);
        return start != null && start.boot() == 1;
    }
}
