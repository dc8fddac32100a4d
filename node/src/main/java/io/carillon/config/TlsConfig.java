package io.carillon.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * TLS of a listener; all files are PEM.
 *
 * @param certificate the listener's certificate, with the chain that leads to its root
 * @param privateKeyPassword of an encrypted private key
 * @param clientCa the authorities that sign clients' certificates; present unless clientAuth is
 *     none
 * @param protocols such as TLSv1.3; never empty
 * @param ciphers empty for those that the TLS library holds to be safe
 */
public record TlsConfig(
        Path certificate,
        Path privateKey,
        Optional<String> privateKeyPassword,
        Optional<Path> clientCa,
        ClientAuth clientAuth,
        List<String> protocols,
        List<String> ciphers) {

    @Override
    public String toString() {
        // Without the password.
        return "TlsConfig[" + certificate + ", " + clientAuth + ", " + protocols + "]";
    }
}
