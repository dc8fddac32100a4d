package io.carillon.cluster.link;

/** A message that is kept until the peer is done with it, and comes back when that cannot be. */
public record Kept(byte kind, byte[] body) implements Outgoing {}
