package io.carillon.net.listen;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * Who a client proved to be in the TLS handshake: its certificate was signed by an authority that
 * the listener trusts, and it has the key.
 */
public record ClientCertificate(X509Certificate certificate) {
    private static final AttributeKey<ClientCertificate> KEY =
            AttributeKey.valueOf(ClientCertificate.class, "CLIENT");

    /**
     * That of the channel's client; empty without TLS, before its handshake, and if it has none.
     */
    public static Optional<ClientCertificate> of(Channel channel) {
        return Optional.ofNullable(channel.attr(KEY).get());
    }

    void attachTo(Channel channel) {
        channel.attr(KEY).set(this);
    }

    /** The common name of its subject: the last {@code CN} as it is written, the most specific. */
    public Optional<String> commonName() {
        try {
            String subject = certificate.getSubjectX500Principal().getName();
            return new LdapName(subject)
                    .getRdns().stream()
                            .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                            .map(Rdn::getValue)
                            .filter(String.class::isInstance)
                            .map(String.class::cast)
                            .reduce((_, last) -> last);
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
    }

    /** Its further names that are text: e-mail addresses, DNS names, URIs and IP addresses. */
    public List<String> alternativeNames() {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> found = certificate.getSubjectAlternativeNames();
            for (List<?> each : found == null ? List.<List<?>>of() : found) {
                if (each.get(1) instanceof String name) {
                    names.add(name);
                }
            }
        } catch (CertificateParsingException e) {
            return List.of(); // as good as none
        }
        return List.copyOf(names);
    }
}
