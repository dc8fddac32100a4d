package io.carillon.cluster.replication.raft;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.loop.Loop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a shard's replicas here say to other nodes of its generations, and to people of what other
 * nodes said. On the shard's loop.
 */
final class GenerationTalk {
    private static final Logger LOG = LoggerFactory.getLogger(GenerationTalk.class);

    private final ShardId shard;
    private final Loop loop;
    private final ReplicaParts.Shared shared;
    private long askedAtMillis;
    private @Nullable Generation refused;

    GenerationTalk(ShardId shard, Loop loop, ReplicaParts.Shared shared) {
        this.shard = shard;
        this.loop = loop;
        this.shared = shared;
        this.askedAtMillis = shared.host().clock().millis();
    }

    /** Asks who has the shard, once a heartbeat at most. */
    void ask(NodeId other, long generation) {
        long now = shared.host().clock().millis();
        if (now - askedAtMillis >= shared.settings().timing().heartbeatMillis()) {
            askedAtMillis = now;
            send(other, generation, new Word.Ask());
        }
    }

    /** Says which generation has the shard. */
    void tell(NodeId other, Generation generation, boolean inForce) {
        send(other, generation.number(), new Word.Notice(generation, inForce));
    }

    /**
     * Says once that this node is left out of a shard that was recovered by hand. What it has may
     * be what is missing there: only who wants a voter here takes it.
     *
     * @param status what it has
     */
    void leftOut(Generation recovered, String status) {
        if (recovered.equals(refused)) {
            return;
        }
        refused = recovered;
        LOG.error(
                "{} was recovered by hand, as generation {}, without what this node has of it ({})."
                        + " This node's copy is kept and not used; it is dropped once the shard"
                        + " gets a voter here. To look for what is missing there, stop this node"
                        + " and copy its data directory before",
                shard,
                recovered.recovered(),
                status);
    }

    private void send(NodeId to, long generation, Word word) {
        shared.departures().send(to, shard, generation, word.toFrame());
        shared.departures().soon(loop);
    }
}
