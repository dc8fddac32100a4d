package io.carillon.node.cluster;

import io.carillon.cluster.ShardId;
import io.carillon.cluster.Voter;
import io.carillon.cluster.ownership.founding.Charter;
import io.carillon.cluster.replication.raft.Generation;
import io.carillon.cluster.replication.raft.RaftLog;
import io.carillon.loop.Loop;
import io.carillon.shard.Shards;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the shards that this node has replicas of. On the cluster loop. */
final class Openings {
    private static final Logger LOG = LoggerFactory.getLogger(Openings.class);

    private final Voter self;
    private final RaftLog<?> log;
    private final Shards shards;
    private final Loop loop;
    private final Consumer<Throwable> failed;

    /** Those that are being opened: the log asks for them until they are. */
    private final Set<ShardId> opening = new HashSet<>();

    /**
     * Opens nothing yet.
     *
     * @param failed told why a shard can't be opened; on any thread
     */
    Openings(Voter self, RaftLog<?> log, Shards shards, Loop loop, Consumer<Throwable> failed) {
        this.self = self;
        this.log = log;
        this.shards = shards;
        this.loop = loop;
        this.failed = failed;
    }

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
        if (opening.add(shard)) {
            open(shard);
        }
    }

    private void open(ShardId shard) {
        shards.open(shard.number())
                .whenComplete((_, _) -> loop.execute(() -> opening.remove(shard)))
                .exceptionally(
                        failure -> {
                            LOG.error("{} can't be opened", shard, failure);
                            failed.accept(failure);
                            return null;
                        });
    }
}
