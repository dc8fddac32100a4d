package io.carillon.config;

import java.util.List;

/** How a node finds the others of its cluster. */
public sealed interface DiscoveryConfig {

    /**
     * It asks those at these addresses, which need not be all and may name the node itself.
     *
     * @param addresses their {@code cluster.bind}; empty for a node that waits for others to come
     */
    record Seeds(List<BindAddress> addresses) implements DiscoveryConfig {
        public Seeds {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * It looks up a name that stands for the addresses of all nodes.
     *
     * @param port of {@code cluster.bind} at all of them
     */
    record Dns(String name, int port) implements DiscoveryConfig {}

    /**
     * It asks the Kubernetes API for the endpoints of a service.
     *
     * @param port of {@code cluster.bind} at all of them
     * @param url of the API
     */
    record Kubernetes(String namespace, String service, int port, String url)
            implements DiscoveryConfig {}

    /** True if all nodes that it finds are on this host, as far as its text tells. */
    default boolean isThisHost() {
        return switch (this) {
            case Seeds(List<BindAddress> seeds) -> seeds.stream().allMatch(BindAddress::isLoopback);
            case Dns(String name, int _) -> new BindAddress(name, 0).isLoopback();
            case Kubernetes _ -> false;
        };
    }
}
