package io.carillon.e2e.client;

import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whom a client trusts and, where it has a certificate, its own key. */
public record ClientTls(TrustManagerFactory trust, Optional<KeyManagerFactory> key) {

    /** The same for libraries that take the JDK's TLS. */
    SSLContext context() {
        try {
            KeyManager[] keys = key.map(KeyManagerFactory::getKeyManagers).orElse(null);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
