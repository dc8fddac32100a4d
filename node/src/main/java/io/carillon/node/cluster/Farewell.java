package io.carillon.node.cluster;

import io.carillon.cluster.ShardId;
import io.carillon.cluster.Voter;
import io.carillon.cluster.ownership.founding.Charter;
import io.carillon.cluster.ownership.founding.Standing;
import io.carillon.cluster.replication.raft.RaftLog;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a node that has left for good from coming back by accident: the others count it no longer,
 * and would find one more for a majority on its side of a partition.
 */
final class Farewell {
    private Farewell() {}

    /**
     * Before the node meets others.
     *
     * @param held what is on its disk of the cluster's founding
     * @throws ClusterException if it is asked to leave and has nothing left to give up
     */
    static void check(Requests requests, @Nullable Standing held, Voter self, RaftLog<?> log)
            throws ClusterException {
        Charter charter = held == null || !held.founded() ? null : held.charter();
        if (charter == null || !requests.asksToLeave()) {
            return;
        }
        boolean holdsAny =
                IntStream.range(0, charter.shards())
                        .anyMatch(i -> holds(new ShardId(i), charter, self, log));
        if (!holdsAny) {
            throw new ClusterException(
                    "this node has left its cluster for good and holds none of its shards; if it"
                            + " is to take part again, remove "
                            + requests.leaveFile());
        }
    }

    private static boolean holds(ShardId shard, Charter charter, Voter self, RaftLog<?> log) {
        boolean founds =
                log.generation(shard) == null
                        && charter.map().voters().get(shard.number()).contains(self);
        return founds || log.holds(shard);
    }
}
