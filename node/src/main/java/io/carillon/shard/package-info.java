/**
 * A shard decides for a part of all client ids and retained topics: who is attached, what durable
 * sessions hold, and which retained messages there are. Each lives on one loop, and changes its
 * state by appending records to its log.
 */
@NullMarked
package io.carillon.shard;

import org.jspecify.annotations.NullMarked;
