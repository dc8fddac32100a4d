package io.carillon.cluster.link.grpc;

import java.nio.file.Path;

/**
 * The PEM files with which nodes prove themselves to each other. Whoever has a certificate of the
 * authority is a node of the cluster: it signs nothing else. Names in certificates are not compared
 * with addresses, which change.
 *
 * @param certificate this node's, then those between it and the authority
 * @param privateKey of that certificate, in PKCS #8, not encrypted
 * @param authority whose certificates are accepted
 */
public record LinkTls(Path certificate, Path privateKey, Path authority) {}
