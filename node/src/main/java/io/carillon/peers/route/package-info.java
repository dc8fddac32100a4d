/**
 * Routes: what subscribers of this node want is told to the other nodes, and what theirs want is in
 * the topic trie of this one.
 *
 * <p>Read {@link io.carillon.peers.route.Routes} first. One way, the trie tells {@code Outgoing}
 * the first and last subscription of each party with a filter: the transient subscribers are
 * announced as this node's, durable ones as their shard's. The other way, {@code Incoming} keeps
 * stand-ins in the trie: a {@link io.carillon.peers.route.PeerNode} for the transient subscribers
 * of another node, a {@link io.carillon.peers.route.FarShard} for a shard that is led elsewhere.
 *
 * <p>A route is never missing while a shard changes its leader. The stand-in goes once the next
 * leader here has its sessions in the trie and begins to speak for them; the sessions of a former
 * leader go once the stand-in is there. In between both match, and whoever hands out tells by
 * {@code Lanes.shardOf} that they are one.
 */
@NullMarked
package io.carillon.peers.route;

import org.jspecify.annotations.NullMarked;
