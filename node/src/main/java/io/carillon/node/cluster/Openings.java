package io.carillon.node.cluster;

import io.carillon.cluster.ShardId;
import io.carillon.cluster.Voter;
import io.carillon.cluster.ownership.founding.Charter;
import io.carillon.cluster.replication.raft.Generation;
import io.carillon.cluster.replication.raft.RaftLog;
import io.carillon.shard.Shards;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the shards that this node has replicas of. On the cluster loop.
 *
 * @param failed told why a shard can't be opened; on any thread
 */
record Openings(Voter self, RaftLog<?> log, Shards shards, Consumer<Throwable> failed) {
    private static final Logger LOG = LoggerFactory.getLogger(Openings.class);

    /** Opens those that the cluster was founded with, or the store knows better of. */
    void founded(Charter charter) {
        for (int i = 0; i < charter.shards(); i++) {
            ShardId shard = new ShardId(i);
            Generation first = new Generation(Charter.GENERATION, charter.map().voters().get(i));
            boolean founds = log.generation(shard) == null && first.voters().contains(self);
            if (founds) {
                log.place(shard, first);
            }
            if (founds || log.holds(shard)) {
                open(shard);
            }
        }
        shards.begin();
    }

    /** A replica is to be here from now on. */
    void seated(ShardId shard, Generation generation) {
        log.place(shard, generation);
        open(shard);
    }

    private void open(ShardId shard) {
        shards.open(shard.number())
                .exceptionally(
                        failure -> {
                            LOG.error("{} can't be opened", shard, failure);
                            failed.accept(failure);
                            return null;
                        });
    }
}
