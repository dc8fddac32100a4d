package io.carillon.cluster.replication.raft;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.Voter;
import io.carillon.storage.Store;
import org.jspecify.annotations.Nullable;

/**
 * The replica of a shard in the store of a node that is stopped, for whoever decides whether to go
 * on from it alone; see {@link RaftLog#recoverAlone(Store, NodeId, ShardId)}.
 *
 * @param generation that has the shard as far as the store knows: the next one, if this node's is
 *     sealed
 * @param lastIndex of the entries that the store has of its own generation
 * @param unusable why nobody can go on from it; null if one can
 */
public record StoredReplica(
        ShardId shard, Generation generation, long lastIndex, @Nullable String unusable) {

    /**
     * Reads it; null if the node, with the disk of this store, has none.
     *
     * @throws IllegalStateException if no node of a cluster has used the store
     * @throws io.carillon.storage.StorageException if it can't be read
     */
    public static @Nullable StoredReplica read(Store store, NodeId node, ShardId shard) {
        Voter self = new Voter(node, NodeRows.disk(store));
        StoredGroup stored = StoredGroup.read(store, shard);
        if (stored == null || !stored.generation().names(self)) {
            return null;
        }
        Generation next = stored.next();
        return new StoredReplica(
                shard,
                next == null ? stored.generation() : next,
                stored.cutIndex() + stored.entries().size(),
                Recovery.refusal(stored, shard, self));
    }
}
