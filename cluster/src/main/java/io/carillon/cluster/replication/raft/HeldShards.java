package io.carillon.cluster.replication.raft;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.Voter;
import io.carillon.cluster.replication.ShardMachine;
import io.carillon.loop.Loop;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The shards of which this node has replicas: opens them, finds them, and brings to their loops
 * what is for them. Any thread where not said otherwise.
 */
final class HeldShards<R> {
    /** Beyond so many tasks on a loop, frames for it are dropped: they will be sent again. */
    private static final int LOOP_TASKS_MAX = 20_000;

    private final Voter self;
    private final ReplicaParts.Shared shared;
    private final LeaderListener listener;
    private final Outsider outsider;
    private final Map<ShardId, Succession<R>> open = new ConcurrentHashMap<>();
    private final LongAdder droppedFrames = new LongAdder();

    HeldShards(Voter self, ReplicaParts.Shared shared, LeaderListener listener) {
        this.self = self;
        this.shared = shared;
        this.listener = listener;
        this.outsider =
                new Outsider(
                        self,
                        shared.host(),
                        listener,
                        shared.settings().timing().heartbeatMillis());
    }

    /** That generation has the shard, unless the store knows another. */
    void place(ShardId shard, Generation generation) {
        outsider.learn(shard, generation);
    }

    /** The newest generation that is known; null if none is. May read the store. */
    @Nullable Generation generation(ShardId shard) {
        Succession<R> succession = open.get(shard);
        return succession == null ? outsider.generation(shard) : succession.current().generation();
    }

    /**
     * Opens a shard, on its loop.
     *
     * @throws IllegalStateException if this node, with this disk, has no replica of it
     */
    void open(ShardId shard, Loop loop, ShardMachine<R> machine) {
        loop.assertInside();
        StoredGroup stored = StoredGroup.read(shared.host().store(), shard);
        if (stored != null && !stored.generation().names(self)) {
            stored = null; // all that is left of it is that it was given up
        }
        Generation generation = stored == null ? generation(shard) : stored.generation();
        if (generation == null) {
            throw new IllegalStateException("nobody said who has replicas of " + shard);
        }
        if (!generation.names(self)) {
            throw new IllegalStateException(
                    "this node has disk "
                            + self.disk()
                            + " and no replica of "
                            + shard
                            + ", which belongs to "
                            + generation.voters());
        }
        if (machine.ranges().isEmpty()) {
            throw new IllegalStateException(shard + " doesn't say where its state is");
        }
        Succession<R> succession =
                new Succession<>(
                        shard,
                        self,
                        loop,
                        machine,
                        listener,
                        shared,
                        generation,
                        stored,
                        heir -> givenUp(shard, heir));
        if (open.putIfAbsent(shard, succession) != null) {
            throw new IllegalStateException(shard + " is open already");
        }
        String failure = shared.disk().failure();
        if (failure != null) {
            succession.stop(failure);
        } else {
            succession.start();
        }
    }

    private void givenUp(ShardId shard, Generation heir) {
        open.remove(shard);
        outsider.learn(shard, heir);
        listener.unseated(shard, heir);
    }

    /** The shard, if it is open. */
    @Nullable Succession<R> find(ShardId shard) {
        return open.get(shard);
    }

    /** The shard, on its loop; it has to be open. */
    Succession<R> get(ShardId shard) {
        Succession<R> succession = open.get(shard);
        if (succession == null) {
            throw new IllegalStateException(shard + " is not open");
        }
        succession.loop().assertInside();
        return succession;
    }

    /** All replicas that have the state of an open shard. */
    Collection<ShardReplica<R>> replicas() {
        return open.values().stream().map(Succession::current).toList();
    }

    /** Runs the task on the shard's loop; the result fails if there is none. */
    CompletableFuture<Void> on(
            ShardId shard, BiConsumer<Succession<R>, CompletableFuture<Void>> task) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        Succession<R> succession = open.get(shard);
        if (succession == null) {
            result.completeExceptionally(
                    new IllegalStateException("this node has no replica of " + shard));
        } else if (!succession.loop().offer(() -> task.accept(succession, result))) {
            result.completeExceptionally(new IllegalStateException("the node is stopping"));
        }
        return result;
    }

    /** Runs the task for each shard on its loop; completes when all have, or one has failed. */
    CompletableFuture<Void> onEach(Consumer<Succession<R>> task) {
        return CompletableFuture.allOf(
                open.values().stream()
                        .map(each -> onLoop(each, task))
                        .toArray(CompletableFuture[]::new));
    }

    private static <R> CompletableFuture<Void> onLoop(
            Succession<R> succession, Consumer<Succession<R>> task) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Runnable onLoop =
                () -> {
                    try {
                        task.accept(succession);
                        done.complete(null);
                    } catch (RuntimeException e) {
                        done.completeExceptionally(e);
                        throw e; // the loop logs and counts it
                    }
                };
        if (!succession.loop().offer(onLoop)) {
            done.complete(null);
        }
        return done;
    }

    /** A frame of another node: to the shard, or to whoever knows why it is not here. */
    void received(NodeId from, ShardId shard, long generation, byte[] frame) {
        Succession<R> succession = open.get(shard);
        if (succession == null) {
            droppedFrames.increment();
            outsider.received(from, shard, generation, frame);
        } else if (succession.loop().pending() > LOOP_TASKS_MAX
                || !succession.loop().offer(() -> succession.received(from, generation, frame))) {
            droppedFrames.increment();
        }
    }

    /** Frames that were not taken. */
    long droppedFrames() {
        return droppedFrames.sum();
    }
}
