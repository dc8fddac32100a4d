/**
 * An event loop and what its connections share: the inbox of what other threads publish, the flush
 * at the end of a turn, timeouts, memory in common, back-pressure and counts.
 *
 * <p>{@link io.carillon.net.lane.IoLane} has all of it; {@link io.carillon.net.lane.IoLanes} are
 * those of a node. A connection belongs to one lane for its life.
 */
@NullMarked
package io.carillon.net.lane;

import org.jspecify.annotations.NullMarked;
