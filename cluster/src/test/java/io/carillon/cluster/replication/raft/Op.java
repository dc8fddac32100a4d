package io.carillon.cluster.replication.raft;

/** A record: which operation, and its place in the shard's order. */
record Op(long id, long place) {}
