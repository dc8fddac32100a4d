package io.carillon.auth;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;

/** Log-ins for tests. */
final class Logins {
    private Logins() {}

    /** One of client-1 at port 4000, with the password "secret" if it has a user name. */
    static Login of(String user, String peer, String local) {
        return of(user, peer, local, null);
    }

    /** The same, with a certificate. */
    static Login of(String user, String peer, String local, X509Certificate certificate) {
        return new Login(
                "client-1",
                user,
                user == null ? null : "secret".getBytes(StandardCharsets.UTF_8),
                certificate,
                new InetSocketAddress(peer, 4000),
                new InetSocketAddress(local, 1883),
                "tcp");
    }
}
