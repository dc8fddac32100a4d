package io.carillon.node.cluster;

import io.carillon.cluster.link.PeerLinks;
import io.carillon.cluster.replication.raft.RaftLog;
import io.carillon.loop.Loop;
import io.carillon.record.ShardRecord;
import io.carillon.storage.Store;
import java.time.InstantSource;

/**
 * What a {@link ClusterCore} stands on.
 *
 * @param store has to have {@link ClusterCore#SPACE}
 * @param loop that of the links
 * @param clock the time of day
 * @param ends what links and log were given
 */
public record CoreHost(
        Store store,
        Loop loop,
        InstantSource clock,
        PeerLinks links,
        RaftLog<ShardRecord> log,
        LooseEnds ends) {}
