/**
 * What crosses between the nodes of a cluster in MQTT's own words: connections and the sessions
 * that another node leads, publications for shards and subscribers elsewhere, retained messages.
 *
 * <p>{@link io.carillon.peers.PeerMessage} are the messages, {@link io.carillon.peers.PeerCodec}
 * their bytes. Which node gets what is decided elsewhere.
 */
@NullMarked
package io.carillon.peers;

import org.jspecify.annotations.NullMarked;
