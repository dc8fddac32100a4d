package io.carillon.cluster.replication;

import io.carillon.storage.Space;

/**
 * A part of a store: all keys of a space from {@code from} up to but without {@code to}.
 *
 * @param from as unsigned bytes below {@code to}
 */
public record KeyRange(Space space, byte[] from, byte[] to) {}
