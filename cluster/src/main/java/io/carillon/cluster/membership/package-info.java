/**
 * Who is in the cluster, whether those are a majority, and the maps that all nodes share. The only
 * package that knows Hazelcast; nothing of it shows outside.
 *
 * <p>{@link io.carillon.cluster.membership.ClusterMember} joins and leaves; {@link
 * io.carillon.cluster.membership.Members} tells who is there; in a {@link
 * io.carillon.cluster.membership.SharedMap} each node writes a part of its own and follows the
 * others', in a {@link io.carillon.cluster.membership.LookupMap} it looks single entries of them
 * up.
 */
@NullMarked
package io.carillon.cluster.membership;

import org.jspecify.annotations.NullMarked;
