package io.carillon.config;

import java.util.List;
import java.util.regex.Pattern;

/** The keys of {@link DiscoveryConfig}, and which of them go together. */
final class DiscoveryKeys {
    /** The ways to find others. */
    enum Way {
        SEEDS,
        DNS,
        KUBERNETES
    }

    private static final ValueType<String> LABEL =
            Types.text(
                    Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"),
                    "a name in Kubernetes: 1 to 63 lower-case letters, digits or '-'");

    static final Key<Way> WAY =
            Key.of(
                    "cluster.discovery",
                    Types.choice(Way.class),
                    "seeds",
                    "How nodes find each other: seeds, dns or kubernetes");

    static final Key<List<BindAddress>> SEEDS =
            Key.optional(
                    "cluster.seeds",
                    Types.list(Types.REACHABLE),
                    "10.0.0.1:5701, 10.0.0.2:5701, 10.0.0.3:5701",
                    "cluster.bind of nodes to ask, this one's may be among them; for seeds");

    static final Key<String> DNS_NAME =
            Key.optional(
                    "cluster.dns.name",
                    Types.text(Pattern.compile("[A-Za-z0-9._-]{1,253}"), "a DNS name"),
                    "carillon-nodes.example.org",
                    "Name that resolves to the addresses of all nodes, ready or not; for dns");

    static final Key<Integer> DNS_PORT =
            Key.optional(
                    "cluster.dns.port",
                    Types.integer(1, 65_535),
                    "5701",
                    "Port of cluster.bind at all of them; without it that of this node");

    static final Key<String> NAMESPACE =
            Key.optional(
                    "cluster.kubernetes.namespace",
                    LABEL,
                    "default",
                    "Namespace of the service; for kubernetes");

    static final Key<String> SERVICE =
            Key.optional(
                    "cluster.kubernetes.service",
                    LABEL,
                    "carillon-nodes",
                    "Headless service whose endpoints are the nodes; for kubernetes");

    static final Key<Integer> KUBERNETES_PORT =
            Key.optional(
                    "cluster.kubernetes.port",
                    Types.integer(1, 65_535),
                    "5701",
                    "Port of cluster.bind at all of them; without it that of this node");

    static final Key<String> URL =
            Key.of(
                    "cluster.kubernetes.url",
                    Types.text(
                            Pattern.compile("https?://[^\\s/]+[^\\s]*"),
                            "a URL such as https://kubernetes.default.svc"),
                    "https://kubernetes.default.svc",
                    "The Kubernetes API");

    static final List<Key<?>> ALL =
            List.of(WAY, SEEDS, DNS_NAME, DNS_PORT, NAMESPACE, SERVICE, KUBERNETES_PORT, URL);

    private DiscoveryKeys() {}

    /** Nobody to ask, if what is needed is missing. */
    static DiscoveryConfig from(Values values) {
        int port = AddressConfig.from(values).member().port();
        Way way = values.get(WAY);
        if (!missing(way, values).isEmpty()) {
            return new DiscoveryConfig.Seeds(List.of());
        }
        return switch (way) {
            case SEEDS -> new DiscoveryConfig.Seeds(values.find(SEEDS).orElse(List.of()));
            case DNS ->
                    new DiscoveryConfig.Dns(
                            values.get(DNS_NAME), values.find(DNS_PORT).orElse(port));
            case KUBERNETES ->
                    new DiscoveryConfig.Kubernetes(
                            values.get(NAMESPACE),
                            values.get(SERVICE),
                            values.find(KUBERNETES_PORT).orElse(port),
                            values.get(URL));
        };
    }

    static void check(Values values, Problems problems) {
        Way way = values.get(WAY);
        String word = "cluster.discovery " + WAY.type().format(way);
        for (Key<?> key : missing(way, values)) {
            problems.add(word + " needs " + key.path() + ": " + key.comment());
        }
        for (Way other : Way.values()) {
            for (Key<?> key : other == way ? List.<Key<?>>of() : keys(other)) {
                if (values.isGiven(key.path())) {
                    problems.add(values.origin(key.path()), key.path() + " is not for " + word);
                }
            }
        }
    }

    private static List<Key<?>> missing(Way way, Values values) {
        List<Key<?>> needed =
                switch (way) {
                    case SEEDS -> List.of();
                    case DNS -> List.of(DNS_NAME);
                    case KUBERNETES -> List.of(NAMESPACE, SERVICE);
                };
        return needed.stream().filter(key -> !values.isGiven(key.path())).toList();
    }

    /** The keys of one way that have no default. */
    private static List<Key<?>> keys(Way way) {
        return switch (way) {
            case SEEDS -> List.of(SEEDS);
            case DNS -> List.of(DNS_NAME, DNS_PORT);
            case KUBERNETES -> List.of(NAMESPACE, SERVICE, KUBERNETES_PORT);
        };
    }
}
