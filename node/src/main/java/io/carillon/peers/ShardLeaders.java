package io.carillon.peers;

import io.carillon.cluster.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * Who leads each shard, as far as this node knows; perhaps late. A node is named only once it said
 * itself that it leads: it takes commands from then on. On the cluster loop.
 */
public interface ShardLeaders {
    /** How many shards there are. */
    int count();

    /** The leader, this node perhaps, or null while none is known. */
    @Nullable NodeId leader(int shard);

    /** Hears of each new leader, and of the loss of one. */
    void listen(Listener listener);

    /** Hears who leads. */
    @FunctionalInterface
    interface Listener {
        /**
         * The leader has changed, or leads anew under a later epoch after another did.
         *
         * @param leader null while none is known
         */
        void changed(int shard, @Nullable NodeId leader);
    }
}
