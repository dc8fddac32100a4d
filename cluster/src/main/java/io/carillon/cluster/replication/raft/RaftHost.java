package io.carillon.cluster.replication.raft;

import io.carillon.cluster.NodeId;
import io.carillon.loop.Loop;
import io.carillon.storage.Store;
import java.time.InstantSource;

/**
 * What a {@link RaftLog} stands on.
 *
 * @param store of this node; has to have {@link RaftLog#SPACE}
 * @param clock goes forward evenly, whatever people do to the time of day; any thread
 * @param committer where the disk is waited for
 * @param seed of all that is random: disk ids, election timeouts
 */
public record RaftHost(
        NodeId node,
        Store store,
        RaftTransport transport,
        InstantSource clock,
        Loop committer,
        long seed) {}
