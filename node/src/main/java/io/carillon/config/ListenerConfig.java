package io.carillon.config;

import java.util.Optional;

/**
 * One place where clients connect.
 *
 * @param path of WebSocket's handshake request; unused by the other types
 * @param tls present exactly for the types with TLS
 */
public record ListenerConfig(
        String name, ListenerType type, BindAddress bind, String path, Optional<TlsConfig> tls) {

    /** True if it asks clients for a certificate, so that they can connect without a password. */
    public boolean asksForCertificates() {
        return tls.isPresent() && tls.get().clientAuth() != ClientAuth.NONE;
    }
}
