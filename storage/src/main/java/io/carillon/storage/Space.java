package io.carillon.storage;

/**
 * A named part of a store with an order of keys of its own (a column family in RocksDB).
 *
 * @param name lower case letters, digits and dashes; part of the format on disk
 */
public record Space(String name) {}
