package io.carillon.config;

/** What all nodes of a cluster share; a single node is a cluster of one. */
public record ClusterConfig(int shards) {
    static final Key<Integer> SHARDS =
            Key.of(
                    "cluster.shards",
                    Types.integer(1, 1024),
                    "16",
                    "Parts of all durable state; fixed once the data folder is made");

    static final Section SECTION =
            Section.of("cluster", "What is the same on all nodes of a cluster.", SHARDS);

    static ClusterConfig from(Values values) {
        return new ClusterConfig(values.get(SHARDS));
    }
}
