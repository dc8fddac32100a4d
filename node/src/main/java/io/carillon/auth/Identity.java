package io.carillon.auth;

import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * A client that was let in.
 *
 * @param userName who it proved to be, or null for an anonymous one, whatever name it gave
 * @param certificate by which it proved that, or null
 */
public record Identity(
        String clientId,
        @Nullable String userName,
        @Nullable X509Certificate certificate,
        SocketAddress address,
        String listener) {

    static Identity anonymous(Login login) {
        return new Identity(login.clientId(), null, null, login.address(), login.listener());
    }

    static Identity of(String userName, Login login) {
        return new Identity(
                login.clientId(), userName, login.certificate(), login.address(), login.listener());
    }

    @Override
    public String toString() {
        return "Identity[" + clientId + ", " + userName + ", " + address + ", " + listener + "]";
    }
}
