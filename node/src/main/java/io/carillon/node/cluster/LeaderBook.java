package io.carillon.node.cluster;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.ownership.Leaders;
import io.carillon.cluster.ownership.Ownership;
import io.carillon.peers.ShardLeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who leads each shard, by what leaders said themselves. On the cluster loop. */
final class LeaderBook implements ShardLeaders {
    private final Leaders leaders;
    private final @Nullable NodeId[] known;
    private final @Nullable Epoch[] epochs;
    private final List<Listener> listeners = new ArrayList<>();

    LeaderBook(Leaders leaders, int shards) {
        this.leaders = leaders;
        this.known = new @Nullable NodeId[shards];
        this.epochs = new @Nullable Epoch[shards];
        leaders.listen(this::learned);
    }

    @Override
    public int count() {
        return known.length;
    }

    @Override
    public @Nullable NodeId leader(int shard) {
        return known[shard];
    }

    @Override
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    /** The first of the shards that nobody is known to lead, or -1. */
    int firstWithoutLeader() {
        for (int i = 0; i < known.length; i++) {
            if (known[i] == null) {
                return i;
            }
        }
        return -1;
    }

    private void learned(Ownership heard) {
        int shard = heard.shard().number();
        Ownership newest = Objects.requireNonNull(leaders.of(heard.shard()));
        NodeId leader = newest.revision() >= Ownership.FIRST_OF_LEADER ? newest.leader() : null;
        Epoch epoch = leader == null ? epochs[shard] : newest.epoch();
        if (!Objects.equals(leader, known[shard])
                || leader != null && !Objects.equals(epoch, epochs[shard])) {
            set(shard, leader, epoch);
        }
    }

    private void set(int shard, @Nullable NodeId leader, @Nullable Epoch epoch) {
        known[shard] = leader;
        epochs[shard] = epoch;
        listeners.forEach(each -> each.changed(shard, leader));
    }
}
