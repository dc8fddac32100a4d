package io.carillon.bench.transport;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How clients speak TLS.
 *
 * @param protocol as Java names it, for example {@code TLSv1.3}
 * @param groups of key exchange on offer, the preferred one first, as BoringSSL names them; Java's
 *     own engine takes its standard
 * @param ca certificates to trust, as PEM; null for those that Java trusts
 * @param insecure true to trust any broker
 * @param certificate the clients' own, as PEM, or null for none
 * @param key the private key to it, PKCS #8 as PEM; null exactly if {@code certificate} is
 * @param resume true if sessions are resumed; else each handshake is a full one
 */
public record TlsSettings(
        String protocol,
        List<String> groups,
        @Nullable Path ca,
        boolean insecure,
        @Nullable Path certificate,
        @Nullable Path key,
        boolean resume) {}
