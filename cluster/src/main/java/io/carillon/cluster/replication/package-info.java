/**
 * The log of a shard: records go in under an epoch and come back committed, in order. Standalone it
 * is a group commit on this node's store.
 */
@NullMarked
package io.carillon.cluster.replication;

import org.jspecify.annotations.NullMarked;
