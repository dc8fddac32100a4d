/**
 * Publications that leave their node, or go to a shard of it.
 *
 * <p>Read {@link io.carillon.peers.publish.Dispatch} first: the one place of a node where it is
 * decided, in order, which node gets what. What goes to a shard, or to the transient subscribers of
 * a node, is an {@code Errand}, kept in its {@code Way} until it is answered. The {@code Courier}
 * gives it to whoever takes it now, and again when the shard has another leader. {@link
 * io.carillon.peers.publish.Reception} is the other side.
 */
@NullMarked
package io.carillon.peers.publish;

import org.jspecify.annotations.NullMarked;
