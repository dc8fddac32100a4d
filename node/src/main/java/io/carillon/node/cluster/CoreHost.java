package io.carillon.node.cluster;

import io.carillon.cluster.link.PeerLinks;
import io.carillon.cluster.replication.raft.RaftLog;
import io.carillon.loop.Loop;
import io.carillon.record.ShardRecord;
import io.carillon.storage.Store;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * What a {@link ClusterCore} stands on.
 *
 * @param store has to have {@link ClusterCore#SPACE}
 * @param loop that of the links
 * @param clock the time of day
 * @param monotonicMillis a clock that only goes forward, and goes on while the process stands
 *     still; any thread
 * @param ends what links and log were given
 */
public record CoreHost(
        Store store,
        Loop loop,
        InstantSource clock,
        LongSupplier monotonicMillis,
        PeerLinks links,
        RaftLog<ShardRecord> log,
        LooseEnds ends) {}
