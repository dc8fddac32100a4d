package io.carillon.net.listen;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** An authority with a server's certificate and clients' ones, as files in a folder. */
final class TestPki {
    final X509Bundle authority;
    final Path folder;

    TestPki(Path folder) throws Exception {
        this.folder = folder;
        this.authority =
                new CertificateBuilder()
                        .ecp256()
                        .subject("CN=Test Authority")
                        .setIsCertificateAuthority(true)
                        .buildSelfSigned();
        Files.writeString(folder.resolve("ca.pem"), authority.getCertificatePEM());
        write("server", server().buildIssuedBy(authority));
    }

    /** A certificate for 127.0.0.1, ready to be signed. */
    static CertificateBuilder server() {
        return new CertificateBuilder()
                .ecp256()
                .subject("CN=127.0.0.1")
                .addSanIpAddress("127.0.0.1")
                .notBefore(Instant.now().minus(2, ChronoUnit.DAYS))
                .addExtendedKeyUsageServerAuth();
    }

    /** A client's certificate that the authority signed. */
    X509Bundle client(String commonName) throws Exception {
        return new CertificateBuilder()
                .ecp256()
                .subject("CN=" + commonName + ",O=Test")
                .addSanDnsName(commonName + ".example")
                .addExtendedKeyUsageClientAuth()
                .buildIssuedBy(authority);
    }

    /** Writes NAME.pem and NAME.key. */
    void write(String name, X509Bundle bundle) throws IOException {
        Files.writeString(folder.resolve(name + ".pem"), bundle.getCertificatePathPEM());
        Files.writeString(folder.resolve(name + ".key"), bundle.getPrivateKeyPEM());
    }

    /** The settings of a TLS listener with the server's certificate, and more. */
    String[] listener(String name, String type, String... more) {
        String tls = "listeners." + name + ".tls.";
        String[] all = new String[more.length + 2];
        all[0] = tls + "certificate=" + folder.resolve("server.pem");
        all[1] = tls + "privateKey=" + folder.resolve("server.key");
        System.arraycopy(more, 0, all, 2, more.length);
        return ListenersUnderTest.listener(name, type, all);
    }

    /** The JDK's TLS as a client that trusts the authority. */
    SSLContext clientContext(@Nullable X509Bundle client) throws Exception {
        KeyManager[] keys = client == null ? null : client.toKeyManagerFactory().getKeyManagers();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, new TrustManager[] {authority.toTrustManager()}, null);
        return context;
    }
}
