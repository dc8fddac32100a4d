package io.carillon.node.cluster;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.ownership.BalanceRounds;
import io.carillon.cluster.ownership.Drain;
import io.carillon.cluster.ownership.DrainReport;
import io.carillon.cluster.ownership.DrainSettings;
import io.carillon.cluster.ownership.LeaderBalance;
import io.carillon.cluster.ownership.LeaderBalanceSettings;
import io.carillon.cluster.ownership.Leaders;
import io.carillon.cluster.ownership.Transfers;
import io.carillon.loop.Loop;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Gives leaderships to other nodes: some for an even load, and all before this node stops. On the
 * cluster loop.
 */
final class HandOver {
    private final NodeId self;
    private final Leaders leaders;
    private final Neighbours others;
    private final Transfers transfers;
    private final Loop loop;
    private final InstantSource clock;
    private final BalanceRounds balance;

    /**
     * Begins to look for an even load.
     *
     * @param fit the nodes that may lead in the long run
     */
    HandOver(
            NodeId self,
            Leaders leaders,
            Neighbours others,
            Supplier<Set<NodeId>> fit,
            Transfers transfers,
            Loop loop,
            InstantSource clock) {
        this.self = self;
        this.leaders = leaders;
        this.others = others;
        this.transfers = transfers;
        this.loop = loop;
        this.clock = clock;
        this.balance =
                new BalanceRounds(
                        self,
                        new LeaderBalance(LeaderBalanceSettings.DEFAULT),
                        leaders,
                        fit,
                        transfers,
                        loop,
                        clock);
        balance.start();
    }

    /** Gives everything away; the others know already that this node leaves. */
    CompletableFuture<DrainReport> all(DrainSettings settings) {
        balance.stop();
        others.leaves(self);
        return new Drain(self, leaders, others::fit, transfers, loop, clock, settings).start();
    }
}
