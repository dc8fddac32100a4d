package io.carillon.cluster.ownership;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.loop.Loop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What this node knows of each shard, from its own replicas and from what others say: the newest
 * wins, by epoch, then by revision. Written on its loop; read by any thread.
 */
public final class Leaders {
    private final Loop loop;
    private final AtomicReferenceArray<@Nullable Ownership> known;
    private final List<Consumer<Ownership>> listeners = new CopyOnWriteArrayList<>();

    public Leaders(Loop loop, int shards) {
        this.loop = loop;
        this.known = new AtomicReferenceArray<>(shards);
    }

    /**
     * Takes what was heard of a shard; false if as much or more was known.
     *
     * @throws IllegalArgumentException if there is no such shard: another cluster's, say
     */
    public boolean learn(Ownership heard) {
        loop.assertInside();
        int number = heard.shard().number();
        if (number >= known.length()) {
            throw new IllegalArgumentException(
                    heard.shard() + " is not one of " + known.length() + " shards");
        }
        Ownership before = known.get(number);
        if (before != null && !heard.isNewerThan(before)) {
            return false;
        }
        set(heard);
        return true;
    }

    /** The node is gone: until it or another leader speaks up, its shards have none. */
    public void lost(NodeId node) {
        loop.assertInside();
        for (Ownership each : all()) {
            if (each.isLedBy(node)) {
                set(each.withoutLeader());
            }
        }
    }

    /** Calls the listener on the loop for each change from here on. Any thread. */
    public void listen(Consumer<Ownership> listener) {
        listeners.add(listener);
    }

    /** What is known of a shard, or null. Any thread. */
    public @Nullable Ownership of(ShardId shard) {
        return known.get(shard.number());
    }

    /** Who leads a shard, or null while that is not known. Any thread. */
    public @Nullable NodeId leader(ShardId shard) {
        Ownership ownership = of(shard);
        return ownership == null ? null : ownership.leader();
    }

    /** All that is known, by shard. Any thread. */
    public List<Ownership> all() {
        List<Ownership> all = new ArrayList<>(known.length());
        for (int i = 0; i < known.length(); i++) {
            Ownership each = known.get(i);
            if (each != null) {
                all.add(each);
            }
        }
        return all;
    }

    private void set(Ownership ownership) {
        known.set(ownership.shard().number(), ownership);
        for (Consumer<Ownership> listener : listeners) {
            listener.accept(ownership);
        }
    }
}
