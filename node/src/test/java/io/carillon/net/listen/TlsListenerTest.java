package io.carillon.net.listen;

import static io.carillon.net.listen.ListenersTest.assertEchoes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Listeners with TLS, and clients by the JDK's own. */
final class TlsListenerTest {
    @TempDir Path folder;
    private TestPki pki;

    @BeforeEach
    void makeCertificates() throws Exception {
        pki = new TestPki(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void servesBothVersions(String version) throws Exception {
        try (ListenersUnderTest open = open();
                SSLSocket client = connect(open, null)) {
            client.setEnabledProtocols(new String[] {version});
            assertEchoes(client);
            assertEquals(version, client.getSession().getProtocol());
            assertEquals(Optional.empty(), open.certificates.take());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aRequiredCertificateNamesTheClient(String version) throws Exception {
        try (ListenersUnderTest open = open(clientAuth("required"));
                SSLSocket client = connect(open, pki.client("meter-1"))) {
            client.setEnabledProtocols(new String[] {version});
            assertEchoes(client);
            X509Certificate seen = open.certificates.take().orElseThrow();
            assertEquals("CN=meter-1,O=Test", seen.getSubjectX500Principal().getName());
        }
    }

    /** A client that comes back is spared the signatures, and is still who it was. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aSessionIsResumed(String version) throws Exception {
        SSLContext context = pki.clientContext(pki.client("meter-1"));
        try (ListenersUnderTest open = open(clientAuth("required"))) {
            long begun = 0;
            for (int round = 0; round < 2; round++) {
                try (SSLSocket client = connectBy(open, context)) {
                    client.setEnabledProtocols(new String[] {version});
                    assertEchoes(client);
                    X509Certificate seen = open.certificates.take().orElseThrow();
                    assertEquals("CN=meter-1,O=Test", seen.getSubjectX500Principal().getName());
                    long created = client.getSession().getCreationTime();
                    assertEquals(round == 0 ? created : begun, created);
                    begun = created;
                }
            }
        }
    }

    @Test
    void withoutTheRequiredCertificateNobodyGetsIn() throws Exception {
        try (ListenersUnderTest open = open(clientAuth("required"));
                SSLSocket client = connect(open, null)) {
            assertThrows(IOException.class, () -> assertEchoes(client));
            assertEquals(1, open.counts.tlsFailures().sum());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"required", "optional"})
    void aStrangersCertificateIsRefused(String clientAuth) throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        X509Bundle stranger = new TestPki(elsewhere).client("meter-1");
        try (ListenersUnderTest open = open(clientAuth(clientAuth));
                SSLSocket client = connect(open, stranger)) {
            // Its authority has the same name as ours, so that the client does show it.
            assertThrows(IOException.class, () -> assertEchoes(client));
        }
    }

    @Test
    void anOptionalCertificateMayBeThereOrNot() throws Exception {
        try (ListenersUnderTest open = open(clientAuth("optional"));
                SSLSocket with = connect(open, pki.client("meter-1"));
                SSLSocket without = connect(open, null)) {
            assertEchoes(with);
            assertTrue(open.certificates.take().isPresent());
            assertEchoes(without);
            assertEquals(Optional.empty(), open.certificates.take());
        }
    }

    @Test
    void whoSpeaksNoTlsIsCountedAndClosed() throws Exception {
        try (ListenersUnderTest open = open();
                Socket client = open.connect("a")) {
            client.getOutputStream().write(new byte[] {0x10, 0, 0, 0, 0, 0, 0, 0});
            client.getInputStream().readAllBytes(); // perhaps an alert, then the end
            assertEquals(1, open.counts.tlsFailures().sum());
        }
    }

    @Test
    void aChangedCertificateServesNewConnections() throws Exception {
        try (ListenersUnderTest open = open();
                SSLSocket before = connect(open, null)) {
            assertEchoes(before);
            renew(TestPki.server().subject("CN=renewed").buildIssuedBy(pki.authority));
            open.listeners.refreshCertificates();
            try (SSLSocket after = connect(open, null)) {
                assertEchoes(after);
                assertEquals("CN=renewed", subject(after));
            }
            assertEquals("CN=127.0.0.1", subject(before));
            assertEchoes(before);
        }
    }

    @Test
    void aBadChangeIsNotTakenUp() throws Exception {
        try (ListenersUnderTest open = open()) {
            Files.writeString(folder.resolve("server.key"), "half");
            Files.setLastModifiedTime(folder.resolve("server.key"), later());
            open.listeners.refreshCertificates();
            try (SSLSocket client = connect(open, null)) {
                assertEchoes(client);
            }
        }
    }

    @Test
    void anExpiredCertificateIsServedAndWarnedOf() throws Exception {
        Instant yesterday = Instant.now().minus(1, ChronoUnit.DAYS);
        X509Bundle expired = TestPki.server().notAfter(yesterday).buildIssuedBy(pki.authority);
        pki.write("server", expired);
        TlsMaterial material =
                TlsMaterial.read(
                        ListenersUnderTest.config(List.of(pki.listener("a", "mqtts")))
                                .listeners()
                                .get("a")
                                .tls()
                                .orElseThrow());
        List<String> warnings = material.warnings(Instant.now());
        assertEquals(1, warnings.size());
        assertTrue(
                warnings.getFirst().startsWith("the certificate of CN=127.0.0.1 expired at "),
                warnings.getFirst());
        open().close();
    }

    private ListenersUnderTest open(String... more) throws Exception {
        return ListenersUnderTest.open(pki.listener("a", "mqtts", more));
    }

    private String[] clientAuth(String mode) {
        return new String[] {
            "listeners.a.tls.clientAuth=" + mode,
            "listeners.a.tls.clientCa=" + folder.resolve("ca.pem")
        };
    }

    private SSLSocket connect(ListenersUnderTest open, @Nullable X509Bundle client)
            throws Exception {
        return connectBy(open, pki.clientContext(client));
    }

    private static SSLSocket connectBy(ListenersUnderTest open, SSLContext context)
            throws IOException {
        Socket plain = open.connect("a");
        return (SSLSocket)
                context.getSocketFactory().createSocket(plain, "127.0.0.1", plain.getPort(), true);
    }

    private void renew(X509Bundle bundle) throws IOException {
        pki.write("server", bundle);
        Files.setLastModifiedTime(folder.resolve("server.pem"), later());
    }

    private static FileTime later() {
        return FileTime.from(Instant.now().plusSeconds(10));
    }

    private static String subject(SSLSocket client) throws IOException {
        X509Certificate server = (X509Certificate) client.getSession().getPeerCertificates()[0];
        return server.getSubjectX500Principal().getName();
    }
}
