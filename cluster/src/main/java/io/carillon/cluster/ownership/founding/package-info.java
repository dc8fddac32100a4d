/**
 * How a cluster comes to be: the first voters of all shards are decided once, by nodes that start
 * in any order and may not all see each other. Everything later is decided by the shards
 * themselves.
 */
@NullMarked
package io.carillon.cluster.ownership.founding;

import org.jspecify.annotations.NullMarked;
