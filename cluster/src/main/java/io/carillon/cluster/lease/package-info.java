/**
 * When a node may act on what it knows of the others.
 *
 * <p>Read {@link io.carillon.cluster.lease.Lease} first: a node holds it while every node of its
 * {@link io.carillon.cluster.lease.View} has agreed, a moment ago, to that view. {@link
 * io.carillon.cluster.lease.Promises} is the other side: what this node has agreed to, and for how
 * long it stands by it.
 */
@NullMarked
package io.carillon.cluster.lease;

import org.jspecify.annotations.NullMarked;
