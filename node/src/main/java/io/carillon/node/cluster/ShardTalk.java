package io.carillon.node.cluster;

import io.carillon.cluster.Epoch;
import io.carillon.peers.route.Routes;
import io.carillon.shard.Announcements;

/** What shards of this node tell other nodes, and hear of them. */
record ShardTalk(Routes routes, Presence presence) implements Announcements {
    @Override
    public void lead(int shard, Epoch epoch) {
        routes.lead(shard, epoch);
    }

    @Override
    public void restored(int shard) {
        routes.restored(shard);
    }

    @Override
    public void resign(int shard, Runnable then) {
        routes.resign(shard, then);
    }

    @Override
    public void await(int shard, Runnable task) {
        routes.await(shard, task);
    }

    @Override
    public boolean isThere(long connection) {
        return presence.has(connection);
    }
}
