package io.carillon.cluster.link;

/**
 * What a node remembers of a peer that has dialled it.
 *
 * @param holdsName whether it is connected, or was until a moment ago: its name is its own then
 */
record KnownPeer(LinkIdentity identity, long series, long attempt, boolean holdsName) {}
