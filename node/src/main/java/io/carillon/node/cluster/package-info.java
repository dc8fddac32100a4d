/**
 * This node as one of several: everything that only a cluster needs, wired by hand.
 *
 * <p>Read {@link io.carillon.node.cluster.ClusterCore} from top to bottom: it has all that decides,
 * and {@link io.carillon.node.cluster.ClusterNode} gives it network, members and threads. {@code
 * Post} carries what the parts say to other nodes over the links, {@code Switchboard} brings what
 * comes from there to the part that it is for.
 */
@NullMarked
package io.carillon.node.cluster;

import org.jspecify.annotations.NullMarked;
