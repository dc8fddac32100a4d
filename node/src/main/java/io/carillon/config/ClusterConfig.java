package io.carillon.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How nodes are one broker. Without {@code enabled} the node is on its own and only {@code shards}
 * counts; the rest is then neither checked nor used.
 *
 * @param name of the cluster; nodes of another one are refused
 * @param size nodes that are expected: the majority is counted of it
 * @param shards parts of all durable state
 * @param replicas voters of each shard; at most {@code size}
 * @param founders names of the nodes that found the cluster, {@code size} of them; empty for
 *     whoever comes first
 * @param zone what fails together with this node, such as a data centre
 * @param tls of the links between nodes; empty for plain connections
 * @param fillBytesPerSecond the most that this node sends to fill other replicas
 * @param drainTimeoutMillis the longest that leadership is handed on at SIGTERM
 * @param minorityGraceMillis how long clients stay connected after the majority is lost
 */
public record ClusterConfig(
        boolean enabled,
        String name,
        int size,
        int shards,
        int replicas,
        List<String> founders,
        Optional<String> zone,
        AddressConfig addresses,
        DiscoveryConfig discovery,
        Optional<PeerTlsConfig> tls,
        long fillBytesPerSecond,
        long drainTimeoutMillis,
        long minorityGraceMillis) {

    public ClusterConfig {
        founders = List.copyOf(founders);
    }

    /** What is allowed and probably not meant: one sentence each. */
    List<String> warnings() {
        if (!enabled) {
            return List.of();
        }
        List<String> warnings = new ArrayList<>();
        if (size > 1 && discovery.equals(new DiscoveryConfig.Seeds(List.of()))) {
            warnings.add(
                    "cluster.seeds is empty: this node looks for nobody and waits for nodes that"
                            + " have its address among their seeds");
        }
        if (!discovery.isThisHost()) {
            unreachable("cluster.bind", addresses.member(), warnings);
            unreachable("cluster.peerBind", addresses.peer(), warnings);
        }
        if (tls.isEmpty() && !addresses.peerBind().isLoopback()) {
            warnings.add(
                    "cluster.tls is not set: messages between nodes travel in plain text, and"
                            + " whoever reaches cluster.peerBind can pass for a node");
        }
        return warnings;
    }

    private static void unreachable(String key, BindAddress address, List<String> warnings) {
        if (address.isLoopback()) {
            warnings.add(
                    key
                            + " "
                            + address
                            + " can be reached from this host only, and nodes are looked for on"
                            + " others");
        }
    }
}
