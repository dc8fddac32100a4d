package io.carillon.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * With what nodes prove themselves to each other; all files are PEM.
 *
 * @param certificate this node's, with the chain that leads to the authority
 * @param authority that signs the certificates of nodes and nothing else
 */
public record PeerTlsConfig(Path certificate, Path privateKey, Path authority) {
    static final Key<Path> CERTIFICATE =
            Key.optional(
                    "cluster.tls.certificate",
                    Types.PATH,
                    "node.pem",
                    "PEM file of this node's certificate and its chain, for cluster.peerBind");

    static final Key<Path> PRIVATE_KEY =
            Key.optional(
                    "cluster.tls.privateKey",
                    Types.PATH,
                    "node.key",
                    "PEM file of the certificate's private key, PKCS#8, not encrypted");

    static final Key<Path> AUTHORITY =
            Key.optional(
                    "cluster.tls.authority",
                    Types.PATH,
                    "nodes-ca.pem",
                    "PEM file of the authority that signs certificates of nodes, and of nothing"
                            + " else");

    static final List<Key<Path>> KEYS = List.of(CERTIFICATE, PRIVATE_KEY, AUTHORITY);

    /** Empty unless all are given. */
    static Optional<PeerTlsConfig> from(Values values) {
        if (!KEYS.stream().allMatch(key -> values.isGiven(key.path()))) {
            return Optional.empty();
        }
        return Optional.of(
                new PeerTlsConfig(
                        values.get(CERTIFICATE), values.get(PRIVATE_KEY), values.get(AUTHORITY)));
    }

    static void check(Values values, Problems problems) {
        boolean any = KEYS.stream().anyMatch(key -> values.isGiven(key.path()));
        for (Key<Path> key : KEYS) {
            Optional<Path> file = values.find(key);
            if (file.isPresent()) {
                TlsKeys.checkReadable(key.path(), file.get(), values, problems);
            } else if (any) {
                problems.add("cluster.tls needs " + key.path() + ": " + key.comment());
            }
        }
    }
}
