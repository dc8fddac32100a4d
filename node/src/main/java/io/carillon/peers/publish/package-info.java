/**
 * Publications that leave their node, or go to a shard of it.
 *
 * <p>Read {@link io.carillon.peers.publish.Dispatch} first: the one place of a node where it is
 * decided, in order, which node gets what. What goes to a shard is an {@code Errand}, kept in its
 * {@code ShardWay} until it is answered, and sent again when the shard has another leader. {@link
 * io.carillon.peers.publish.Reception} is the other side.
 */
@NullMarked
package io.carillon.peers.publish;

import org.jspecify.annotations.NullMarked;
