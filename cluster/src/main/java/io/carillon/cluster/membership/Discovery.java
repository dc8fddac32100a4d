package io.carillon.cluster.membership;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a starting node finds the others. */
public sealed interface Discovery {

    /**
     * A list of nodes to ask; it may name this node, too, and need not name all.
     *
     * @param seeds their bind addresses; empty for a node that only waits for others to come
     */
    record Seeds(List<HostPort> seeds) implements Discovery {
        public Seeds {
            seeds = List.copyOf(seeds);
        }

        @Override
        public String toString() {
            return seeds.isEmpty() ? "no seeds" : "seeds " + seeds;
        }
    }

    /**
     * A name that resolves to the addresses of all nodes, such as that of a headless service, which
     * has to publish nodes that aren't ready, too.
     *
     * @param port where all of them listen
     */
    record Dns(String name, int port) implements Discovery {
        public Dns {
            named("DNS name", name);
            port = new HostPort(name, port).port();
        }

        @Override
        public String toString() {
            return "DNS name " + name + ", port " + port;
        }
    }

    /**
     * The endpoints of a service, asked from the Kubernetes API.
     *
     * @param port where all of them listen
     */
    record Kubernetes(String namespace, String service, int port, KubernetesApi api)
            implements Discovery {
        public Kubernetes {
            named("namespace", namespace);
            named("service", service);
            port = new HostPort(service, port).port();
        }

        @Override
        public String toString() {
            return "Kubernetes service " + namespace + "/" + service + ", port " + port;
        }
    }

    /**
     * Where the Kubernetes API is and who asks it.
     *
     * @param url such as {@code https://kubernetes.default.svc}
     * @param token null for that of the pod's service account, read again when it changes
     * @param caCertificate in PEM; null for that of the pod's service account
     */
    record KubernetesApi(String url, @Nullable String token, @Nullable String caCertificate) {
        /** As a pod sees it. */
        public static final KubernetesApi IN_POD =
                new KubernetesApi("https://kubernetes.default.svc", null, null);

        public KubernetesApi {
            if (!url.startsWith("https://") && !url.startsWith("http://")) {
                throw new IllegalArgumentException(
                        "'" + url + "' is not the URL of a Kubernetes API");
            }
        }

        @Override
        public String toString() {
            return url;
        }
    }

    private static void named(String what, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("the " + what + " to find other nodes by is empty");
        }
    }
}
