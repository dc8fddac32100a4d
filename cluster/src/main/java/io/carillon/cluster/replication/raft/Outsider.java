package io.carillon.cluster.replication.raft;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.Voter;
import io.carillon.storage.Store;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node knows of shards without having them open: which generation has each, and whether
 * that names it. Who speaks to it of a generation that it doesn't know is asked. Any thread.
 */
final class Outsider {
    private static final Logger LOG = LoggerFactory.getLogger(Outsider.class);

    private final Voter self;
    private final Store store;
    private final RaftTransport transport;
    private final InstantSource clock;
    private final LeaderListener listener;
    private final long askMillis;
    private final Map<ShardId, Generation> known = new ConcurrentHashMap<>();
    private final Map<ShardId, Generation> seated = new ConcurrentHashMap<>();
    private final Map<ShardId, Long> askedAtMillis = new ConcurrentHashMap<>();

    /**
     * @param askMillis the shortest time from one question about a shard to the next
     */
    Outsider(Voter self, RaftHost host, LeaderListener listener, long askMillis) {
        this.self = self;
        this.store = host.store();
        this.transport = host.transport();
        this.clock = host.clock();
        this.listener = listener;
        this.askMillis = askMillis;
    }

    /** That generation has the shard, unless a later one is known, or the store knows another. */
    void learn(ShardId shard, Generation generation) {
        known.compute(
                shard,
                (each, before) -> {
                    Generation newest = before == null ? StoredGroup.newest(store, shard) : before;
                    return newest != null && newest.number() >= generation.number()
                            ? newest
                            : generation;
                });
    }

    /** The newest generation of the shard that this node knows of, or null. */
    @Nullable Generation generation(ShardId shard) {
        Generation generation = known.get(shard);
        return generation == null ? StoredGroup.newest(store, shard) : generation;
    }

    /** A frame has come for a shard that is not open. */
    void received(NodeId from, ShardId shard, long generation, byte[] frame) {
        try {
            switch (Word.read(frame)) {
                case null -> ask(from, shard, generation);
                case Word.Ask ask -> LOG.debug("{} asks for {}, which is not here", from, shard);
                case Word.Notice notice -> hear(shard, notice.generation());
            }
        } catch (IllegalArgumentException e) {
            LOG.warn("a frame of {} about {} is ignored: {}", from, shard, e.getMessage());
        }
    }

    private void ask(NodeId from, ShardId shard, long number) {
        long now = clock.millis();
        Long last = askedAtMillis.get(shard);
        if (last != null && now - last < askMillis) {
            return;
        }
        askedAtMillis.put(shard, now);
        Generation newest = generation(shard);
        if (newest == null || newest.number() < number) {
            transport.send(from, shard, number, new Word.Ask().toFrame());
            transport.flush();
        }
    }

    /**
     * A generation that is told of is decided, in force or not; and here is nothing that it could
     * take the place of, unless the store has a replica that is about to be opened.
     */
    private void hear(ShardId shard, Generation heard) {
        Generation stored = StoredGroup.newest(store, shard);
        if (stored != null && stored.names(self)) {
            return;
        }
        learn(shard, heard);
        // Those of the first generation are opened by who places them.
        if (heard.number() > 1
                && heard.names(self)
                && heard.equals(known.get(shard))
                && !heard.equals(seated.put(shard, heard))) {
            listener.seated(shard, heard);
        }
    }
}
