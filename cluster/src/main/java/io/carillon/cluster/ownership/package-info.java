/**
 * Which nodes hold and which lead each shard: where replicas go, which leaderships to move, and who
 * is known to lead. Decisions only: whoever drives them gives the view and the time, and carries
 * out what is said.
 */
@NullMarked
package io.carillon.cluster.ownership;

import org.jspecify.annotations.NullMarked;
