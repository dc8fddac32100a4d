package io.carillon.auth;

import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * What a client shows of itself when it connects; nothing of it is proven but the certificate.
 *
 * @param certificate what the listener's TLS accepted, or null
 * @param address where the client is
 * @param localAddress the end of the connection on this host
 * @param listener the name of the listener in the configuration
 */
public record Login(
        String clientId,
        @Nullable String userName,
        byte @Nullable [] password,
        @Nullable X509Certificate certificate,
        SocketAddress address,
        SocketAddress localAddress,
        String listener) {

    /** True if it shows a user name or a password. */
    boolean hasCredentials() {
        return userName != null || password != null;
    }

    @Override
    public String toString() {
        // Without the password.
        return "Login[" + clientId + ", " + userName + ", " + address + ", " + listener + "]";
    }
}
