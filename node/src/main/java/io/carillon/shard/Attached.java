package io.carillon.shard;

/**
 * A client is attached.
 *
 * @param attachment the number that fences this connection; a later one is higher
 * @param durable true if the session lives in the shard; false if it lives at the connection
 */
public record Attached(long attachment, boolean sessionPresent, boolean durable) {}
