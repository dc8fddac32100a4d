/**
 * The log of a shard on several nodes: a Raft group per shard, all on one store and with one sync
 * for all that waits. The only importer of MicroRaft.
 *
 * <p>Read {@link io.carillon.cluster.replication.raft.RaftLog}, then {@code ShardReplica}, which
 * says what happens in a turn.
 */
@NullMarked
package io.carillon.cluster.replication.raft;

import org.jspecify.annotations.NullMarked;
