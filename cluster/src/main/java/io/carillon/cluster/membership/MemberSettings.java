package io.carillon.cluster.membership;

import org.jspecify.annotations.Nullable;

/**
 * How a node joins its cluster.
 *
 * @param cluster the cluster's name; nodes of another one are refused
 * @param card what this node tells the others about itself
 * @param bind where members talk to each other; plain text, so a network of their own
 * @param publicAddress where the others reach that; null if it is the same
 */
public record MemberSettings(
        String cluster,
        MemberCard card,
        HostPort bind,
        @Nullable HostPort publicAddress,
        Discovery discovery) {

    public MemberSettings {
        if (cluster.isBlank()) {
            throw new IllegalArgumentException("cluster.name is empty; all nodes of it share one");
        }
        if (isWildcard(bind) && publicAddress == null) {
            throw new IllegalArgumentException(
                    "cluster.bind "
                            + bind
                            + " is every address of this host, and the other nodes have to be told"
                            + " one: bind that one, or set a public address");
        }
    }

    /** Where the others find this node. */
    HostPort reachedAt() {
        return publicAddress == null ? bind : publicAddress;
    }

    static boolean isWildcard(HostPort address) {
        return address.host().equals("0.0.0.0") || address.host().equals("::");
    }
}
