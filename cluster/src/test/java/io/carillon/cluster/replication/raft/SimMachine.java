package io.carillon.cluster.replication.raft;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.replication.AppendRefused;
import io.carillon.cluster.replication.KeyRange;
import io.carillon.cluster.replication.ShardMachine;
import io.carillon.storage.Batch;
import io.carillon.storage.Cursor;
import io.carillon.storage.Space;
import io.carillon.storage.Store;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A shard whose leader gives each operation the next place. A record that is lost, applied twice or
 * in another order leaves a hole or takes another's place.
 */
final class SimMachine implements ShardMachine<Op> {
    static final Space SPACE = new Space("state");

    private final Simulation simulation;
    private final NodeUnderTest node;
    private final ShardId shard;
    private final ArrayDeque<Long> pending = new ArrayDeque<>();
    private @Nullable Epoch epoch;
    private long nextPlace;

    SimMachine(Simulation simulation, NodeUnderTest node, ShardId shard) {
        this.simulation = simulation;
        this.node = node;
        this.shard = shard;
    }

    @Nullable Epoch epoch() {
        return epoch;
    }

    /** Appends operations, if this node leads. On the loop. */
    void offer(RaftLog<Op> log, int count) {
        Epoch fence = epoch;
        if (fence == null) {
            return;
        }
        log.flush(shard);
        if (nextPlace > 0 && log.view(shard).get(SPACE, key(shard, nextPlace - 1)) == null) {
            simulation.bad(shard + ": its leader doesn't read what it appended last");
        }
        for (int i = 0; i < count; i++) {
            long id = simulation.nextOperation();
            try {
                log.append(shard, fence, new Op(id, nextPlace));
            } catch (AppendRefused e) {
                return; // the number is not used again
            }
            nextPlace++;
            pending.add(id);
        }
    }

    @Override
    public void lead(Epoch newEpoch) {
        if (epoch != null) {
            simulation.bad(shard + " told to lead twice");
        }
        epoch = newEpoch;
        simulation.leads(shard, newEpoch, node.number());
        Map<Long, Long> state = state(node.store(), shard);
        simulation.checkAcknowledged(shard, state, "the leader of " + newEpoch);
        nextPlace = state.size();
    }

    @Override
    public void follow(String reason) {
        epoch = null;
        pending.clear();
    }

    @Override
    public void apply(Op op, Batch batch) {
        batch.put(SPACE, key(shard, op.place()), longBytes(op.id()));
    }

    @Override
    public void committed(int count) {
        if (epoch == null) {
            simulation.bad(shard + " told of commits without leading");
        }
        for (int i = 0; i < count; i++) {
            simulation.acknowledged(shard, pending.remove());
        }
    }

    @Override
    public List<KeyRange> ranges() {
        return List.of(new KeyRange(SPACE, key(shard, 0), key(new ShardId(shard.number() + 1), 0)));
    }

    /** Place → operation. */
    static Map<Long, Long> state(Store store, ShardId shard) {
        Map<Long, Long> state = new TreeMap<>();
        try (Cursor cursor = store.cursor(SPACE)) {
            boolean more = cursor.seek(key(shard, 0));
            while (more && ByteBuffer.wrap(cursor.key()).getInt() == shard.number()) {
                state.put(
                        ByteBuffer.wrap(cursor.key()).getLong(4),
                        ByteBuffer.wrap(cursor.value()).getLong());
                more = cursor.next();
            }
        }
        return state;
    }

    private static byte[] key(ShardId shard, long place) {
        return ByteBuffer.allocate(12).putInt(shard.number()).putLong(place).array();
    }

    private static byte[] longBytes(long value) {
        return ByteBuffer.allocate(8).putLong(value).array();
    }
}
