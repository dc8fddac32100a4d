package io.carillon.peers.session;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.replication.AppendRefused;
import io.carillon.cluster.replication.LocalLog;
import io.carillon.cluster.replication.ReplicatedLog;
import io.carillon.cluster.replication.ShardMachine;
import io.carillon.loop.Loop;
import io.carillon.record.ShardRecord;
import io.carillon.shard.Spaces;
import io.carillon.shard.StateWriter;
import io.carillon.storage.Batch;
import io.carillon.storage.StoreView;
import io.carillon.storage.memory.MemoryStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The replicated log of a shard, seen from outside: records that are committed, those that the
 * leader has appended beyond, and who leads. The test says when something is committed, and what of
 * the rest comes to be when the leadership is lost.
 */
final class Replicas {
    private final int shard;
    private final List<ShardRecord> committed = new ArrayList<>();
    private List<ShardRecord> pending = new ArrayList<>();
    private MemoryStore view = new MemoryStore(List.of());
    private @Nullable TestNode leader;
    private @Nullable Epoch epoch;
    private int term;
    private boolean paused;

    Replicas(int shard) {
        this.shard = shard;
    }

    @Nullable TestNode leader() {
        return leader;
    }

    int pending() {
        return pending.size();
    }

    StoreView view() {
        return view;
    }

    /** A node is elected. On its shard's loop. */
    void lead(TestNode node) {
        leader = node;
        Epoch next = new Epoch(1, ++term);
        epoch = next;
        view =
                new MemoryStore(
                        Stream.concat(Spaces.all().stream(), Stream.of(LocalLog.SPACE)).toList());
        try (Batch batch = view.newBatch()) {
            StateWriter writer = new StateWriter(shard);
            committed.forEach(record -> writer.apply(record, batch));
            view.write(batch);
        }
        node.log().machine(shard).lead(next);
    }

    /** The leader takes no records, as it hands over; or does so again. On its loop. */
    void pause(boolean is) {
        TestNode node = leader;
        if (node == null || paused == is) {
            return;
        }
        if (is) {
            node.log().machine(shard).pause("the test says so");
        }
        paused = is;
        if (!is) {
            node.log().machine(shard).resume();
        }
    }

    boolean isPaused() {
        return paused;
    }

    /** The leader leads no longer; so much of what it had appended comes to be. On its loop. */
    void lose(int kept) {
        TestNode former = leader;
        leader = null;
        epoch = null;
        paused = false;
        committed.addAll(pending.subList(0, Math.min(kept, pending.size())));
        pending = new ArrayList<>();
        if (former != null && former.isAlive()) {
            former.log().machine(shard).follow("the test says so");
        }
    }

    /** On the leader's loop. */
    void commit(int count) {
        TestNode node = leader;
        int most = Math.min(count, pending.size());
        if (node != null && most > 0) {
            committed.addAll(pending.subList(0, most));
            pending.subList(0, most).clear();
            node.log().machine(shard).committed(most);
        }
    }

    private void append(TestNode node, Epoch fence, ShardRecord record) throws AppendRefused {
        if (!node.equals(leader) || !fence.equals(epoch)) {
            throw new AppendRefused(AppendRefused.Reason.NOT_LEADER, "another node leads");
        }
        if (paused) {
            throw new AppendRefused(AppendRefused.Reason.BUSY, "the shard is handed over");
        }
        pending.add(record);
        try (Batch batch = view.newBatch()) {
            node.log().machine(shard).apply(record, batch);
            view.write(batch);
        }
    }

    /** The log of one node. */
    static final class Log implements ReplicatedLog<ShardRecord> {
        private final TestNode node;
        private final List<Replicas> all;
        private final Map<Integer, ShardMachine<ShardRecord>> machines = new HashMap<>();

        Log(TestNode node, List<Replicas> all) {
            this.node = node;
            this.all = all;
        }

        ShardMachine<ShardRecord> machine(int shard) {
            ShardMachine<ShardRecord> machine = machines.get(shard);
            if (machine == null) {
                throw new IllegalStateException("shard " + shard + " is not open");
            }
            return machine;
        }

        @Override
        public void open(ShardId shard, Loop loop, ShardMachine<ShardRecord> machine) {
            machines.put(shard.number(), machine);
        }

        @Override
        public void append(ShardId shard, Epoch fence, ShardRecord record) throws AppendRefused {
            all.get(shard.number()).append(node, fence, record);
        }

        @Override
        public void flush(ShardId shard) {}

        @Override
        public boolean congested() {
            return false;
        }

        @Override
        public boolean full() {
            return false;
        }
    }
}
