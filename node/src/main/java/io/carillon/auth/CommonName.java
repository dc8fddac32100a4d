package io.carillon.auth;

import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** The user that a client certificate names: the common name of its subject. */
final class CommonName {
    private CommonName() {}

    /** The most specific common name; empty if there is none that is text. */
    static Optional<String> of(X509Certificate certificate) {
        return of(certificate.getSubjectX500Principal().getName());
    }

    /** The same, of a subject as RFC 2253 writes it. */
    static Optional<String> of(String subject) {
        try {
            // LdapName counts from the right, so the most specific part is the last.
            return new LdapName(subject)
                    .getRdns().reversed().stream()
                            .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                            .map(Rdn::getValue)
                            .filter(String.class::isInstance)
                            .map(String.class::cast)
                            .filter(name -> !name.isBlank())
                            .findFirst();
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
    }
}
