package io.carillon.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/** The keys {@code cluster.*} and what must hold among them. */
final class ClusterKeys {
    static final Key<Boolean> ENABLED =
            Key.of(
                    "cluster.enabled",
                    Types.BOOLEAN,
                    "false",
                    "Be one broker with other nodes; needs node.name");

    static final Key<String> NAME =
            Key.of(
                    "cluster.name",
                    Types.text(
                            NodeConfig.NAME_FORM,
                            "a cluster name: 1 to 63 letters, digits, '.', '_' or '-', the first a"
                                    + " letter or digit"),
                    "carillon",
                    "Name of the cluster; nodes of another one are refused");

    static final Key<Integer> SIZE =
            Key.of(
                    "cluster.size",
                    Types.integer(1, 100),
                    "3",
                    "Nodes that the cluster has; more than half of them have to be in reach");

    static final Key<Integer> SHARDS =
            Key.of(
                    "cluster.shards",
                    Types.integer(1, 1024),
                    "16",
                    "Parts of all durable state; fixed once the data folder is made");

    static final Key<Integer> REPLICAS =
            Key.of(
                    "cluster.replicas",
                    Types.oneOf(1, 2, 3, 5),
                    "3",
                    "Copies of durable state: 3 survive the loss of one node, 5 of two, 1 and 2 of"
                            + " none");

    static final Key<List<String>> FOUNDERS =
            Key.optional(
                    "cluster.founders",
                    Types.list(NodeConfig.NAME.type()),
                    "node-1, node-2, node-3",
                    "Names of all nodes that found the cluster; without it whoever comes first");

    static final Key<String> ZONE =
            Key.optional(
                    "cluster.zone",
                    Types.text(
                            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,62}"),
                            "a zone: 1 to 63 letters, digits, '.', '_', '/' or '-', the first a"
                                    + " letter or digit"),
                    "eu-central-1a",
                    "What fails together with this node; copies are kept in different zones");

    static final Key<Long> FILL_RATE =
            Key.of(
                    "cluster.fillBytesPerSecond",
                    Units.bytes("64KiB", "1TiB"),
                    "32MiB",
                    "Most bytes a second that this node sends to fill new copies of shards");

    static final Key<Long> DRAIN_TIMEOUT =
            Key.of(
                    "cluster.drainTimeout",
                    Units.millis("0", "1h"),
                    "20s",
                    "Longest time that a stopping node hands its shards on; part of"
                            + " node.shutdownTimeout");

    static final Key<Long> MINORITY_GRACE =
            Key.of(
                    "cluster.minorityGrace",
                    Units.millis("0", "1h"),
                    "3s",
                    "How long clients stay connected once less than the majority is in reach");

    static final Section SECTION =
            new Section("cluster", "Many nodes that are one broker.", keys());

    private ClusterKeys() {}

    static ClusterConfig from(Values values, Problems problems) {
        boolean enabled = values.get(ENABLED);
        if (enabled) {
            check(values, problems);
        }
        return new ClusterConfig(
                enabled,
                values.get(NAME),
                values.get(SIZE),
                values.get(SHARDS),
                values.get(REPLICAS),
                values.find(FOUNDERS).orElse(List.of()),
                values.find(ZONE),
                AddressConfig.from(values),
                DiscoveryKeys.from(values),
                PeerTlsConfig.from(values),
                values.get(FILL_RATE),
                values.get(DRAIN_TIMEOUT),
                values.get(MINORITY_GRACE));
    }

    private static void check(Values values, Problems problems) {
        if (values.origin(NodeConfig.NAME.path()).equals(Origin.DEFAULT)) {
            problems.add(
                    "a node of a cluster needs node.name: the name belongs to its data folder, and"
                            + " the name of the host may change");
        }
        int size = values.get(SIZE);
        int replicas = values.get(REPLICAS);
        if (replicas > size) {
            problems.add(
                    values.origin(REPLICAS.path()),
                    "cluster.replicas: "
                            + replicas
                            + " copies need as many nodes, and cluster.size is "
                            + size);
        }
        List<String> founders = values.find(FOUNDERS).orElse(List.of());
        if (!founders.isEmpty() && new HashSet<>(founders).size() != size) {
            problems.add(
                    values.origin(FOUNDERS.path()),
                    "cluster.founders: name all " + size + " (cluster.size) of them once, or none");
        }
        if (values.get(DRAIN_TIMEOUT) >= values.get(NodeConfig.SHUTDOWN_TIMEOUT)) {
            problems.add(
                    values.origin(DRAIN_TIMEOUT.path()),
                    "cluster.drainTimeout has to be shorter than node.shutdownTimeout, which ends"
                            + " the process");
        }
        AddressConfig.check(values, problems);
        DiscoveryKeys.check(values, problems);
        PeerTlsConfig.check(values, problems);
    }

    private static List<Key<?>> keys() {
        List<Key<?>> keys =
                new ArrayList<>(List.of(ENABLED, NAME, SIZE, SHARDS, REPLICAS, FOUNDERS, ZONE));
        keys.addAll(AddressConfig.KEYS);
        keys.addAll(List.of(FILL_RATE, DRAIN_TIMEOUT, MINORITY_GRACE));
        keys.addAll(DiscoveryKeys.ALL);
        keys.addAll(PeerTlsConfig.KEYS);
        return keys;
    }
}
