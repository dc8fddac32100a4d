package io.carillon.e2e.broker;

import io.carillon.e2e.client.ClientTls;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** An authority, a certificate for all servers and a client's, made for one test run. */
final class Pki {
    private final Path folder;
    private final X509Bundle authority;
    private final X509Bundle client;

    /**
     * Makes all of it.
     *
     * @param addresses of the servers
     */
    Pki(Path folder, List<String> addresses) {
        this.folder = folder;
        try {
            authority =
                    new CertificateBuilder()
                            .ecp256()
                            .subject("CN=Test Authority")
                            .setIsCertificateAuthority(true)
                            .buildSelfSigned();
            client =
                    new CertificateBuilder()
                            .ecp256()
                            .subject("CN=client-with-certificate")
                            .addExtendedKeyUsageClientAuth()
                            .buildIssuedBy(authority);
            CertificateBuilder servers = new CertificateBuilder().ecp256().subject("CN=servers");
            addresses.forEach(servers::addSanIpAddress);
            X509Bundle server = servers.addExtendedKeyUsageServerAuth().buildIssuedBy(authority);
            write("ca.pem", authority.getCertificatePEM());
            write("server.pem", server.getCertificatePathPEM());
            write("server.key", server.getPrivateKeyPEM());
        } catch (Exception e) {
            throw new AssertionError("making certificates", e);
        }
    }

    Path authorityFile() {
        return folder.resolve("ca.pem");
    }

    Path certificateFile() {
        return folder.resolve("server.pem");
    }

    Path privateKeyFile() {
        return folder.resolve("server.key");
    }

    ClientTls withoutCertificate() {
        return new ClientTls(authority.toTrustManagerFactory(), Optional.empty());
    }

    ClientTls withCertificate() {
        try {
            return new ClientTls(
                    authority.toTrustManagerFactory(), Optional.of(client.toKeyManagerFactory()));
        } catch (Exception e) {
            throw new AssertionError("the client's key", e);
        }
    }

    private void write(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
