package io.carillon.cluster.ownership;

import io.carillon.cluster.NodeId;
import io.carillon.loop.Loop;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives a node's {@link LeaderBalance}: looks every half second, and carries out what this node is
 * to give, one transfer at a time. On its loop.
 */
public final class BalanceRounds {
    private static final Logger LOG = LoggerFactory.getLogger(BalanceRounds.class);
    private static final long LOOK_MILLIS = 500;

    private final NodeId self;
    private final LeaderBalance balance;
    private final Leaders leaders;
    private final Supplier<Set<NodeId>> fit;
    private final Transfers transfers;
    private final Loop loop;
    private final InstantSource clock;
    private boolean running;
    private boolean stopped;

    /**
     * Rounds that are to be started.
     *
     * @param fit the nodes that may lead, asked for on the loop each time; see {@link
     *     LeaderBalance#next}
     */
    public BalanceRounds(
            NodeId self,
            LeaderBalance balance,
            Leaders leaders,
            Supplier<Set<NodeId>> fit,
            Transfers transfers,
            Loop loop,
            InstantSource clock) {
        this.self = self;
        this.balance = balance;
        this.leaders = leaders;
        this.fit = fit;
        this.transfers = transfers;
        this.loop = loop;
        this.clock = clock;
    }

    public void start() {
        loop.assertInside();
        look();
    }

    /** Begins no more transfers: before a {@link Drain}, say. */
    public void stop() {
        loop.assertInside();
        stopped = true;
    }

    private void look() {
        if (stopped) {
            return;
        }
        Transfer next =
                running ? null : balance.next(clock.millis(), self, leaders.all(), fit.get());
        if (next != null) {
            running = true;
            transfers
                    .begin(next)
                    .whenComplete((ok, failure) -> loop.execute(() -> ended(next, failure)));
        }
        loop.schedule(LOOK_MILLIS, this::look);
    }

    private void ended(Transfer transfer, @Nullable Throwable failure) {
        running = false;
        balance.ended(transfer, clock.millis());
        if (failure == null) {
            LOG.info("{} is led by {} now, for an even load", transfer.shard(), transfer.to());
        } else {
            LOG.warn("{} stays: {}", transfer.shard(), failure.toString());
        }
    }
}
