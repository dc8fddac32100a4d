package io.carillon.cluster;

import java.util.regex.Pattern;

/**
 * A node of the cluster, by its configured name. Where it can be reached may change; the name stays
 * with its data directory.
 *
 * @param name letters, digits, dots, dashes and underscores, at most 253
 */
public record NodeId(String name) implements Comparable<NodeId> {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,252}");

    public NodeId {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a name for a node: '" + name + "'");
        }
    }

    @Override
    public int compareTo(NodeId other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
