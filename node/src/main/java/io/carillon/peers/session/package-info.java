/**
 * Clients connected to one node whose sessions another one leads.
 *
 * <p>{@link io.carillon.peers.session.ClusterSessions} is both sides of a node: its own
 * connections, each with a {@link io.carillon.peers.session.Tie} to whoever leads the shard of its
 * client id, and the connections of others to the shards that it leads itself.
 */
@NullMarked
package io.carillon.peers.session;

import org.jspecify.annotations.NullMarked;
