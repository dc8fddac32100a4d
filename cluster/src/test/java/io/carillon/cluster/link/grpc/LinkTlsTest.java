package io.carillon.cluster.link.grpc;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that prove themselves by certificates. */
@Timeout(60)
class LinkTlsTest {
    @TempDir Path folder;
    private X509Bundle authority;

    @BeforeEach
    void makeAuthority() throws Exception {
        authority = authority();
        Files.writeString(folder.resolve("ca.pem"), authority.getCertificatePEM());
    }

    @Test
    void nodesOfOneAuthorityTalk() throws Exception {
        try (GrpcNode a = node("a", files("a", authority));
                GrpcNode b = node("b", files("b", authority))) {
            a.to(b);
            b.to(a);
            a.expect("up b 1");
            b.expect("up a 1");
        }
    }

    @Test
    void aCertificateOfAnotherAuthorityIsNotAccepted() throws Exception {
        try (RefusalTexts texts = new RefusalTexts();
                GrpcNode a = node("a", files("a", authority));
                GrpcNode b = node("b", files("b", authority()))) {
            b.to(a);
            assertNotNull(texts.next("node a at"));
            a.to(b);
            assertNotNull(texts.next("node b at"));
            assertTrue(a.events.isEmpty() && b.events.isEmpty());
        }
    }

    @Test
    void aPlainNodeIsNotAccepted() throws Exception {
        try (RefusalTexts texts = new RefusalTexts();
                GrpcNode a = node("a", files("a", authority));
                GrpcNode b = GrpcNode.start("b")) {
            b.to(a);
            assertNotNull(texts.next("node a at"));
            a.to(b);
            assertNotNull(texts.next("node b at"));
            assertTrue(a.events.isEmpty() && b.events.isEmpty());
        }
    }

    @Test
    void changedFilesAreTakenUpForNewConnections() throws Exception {
        LinkTls wrong = files("b", authority());
        try (RefusalTexts texts = new RefusalTexts();
                GrpcNode a = node("a", files("a", authority));
                GrpcNode b = node("b", wrong)) {
            a.to(b);
            assertNotNull(texts.next("node b at"));
            files("b", authority);
            for (Path each : new Path[] {wrong.certificate(), wrong.privateKey()}) {
                Files.setLastModifiedTime(each, FileTime.fromMillis(1_000));
            }
            b.grpc.refreshCertificates();
            a.expect("up b 1");
            // What is no good is not taken up.
            Files.writeString(wrong.certificate(), "nonsense");
            b.grpc.refreshCertificates();
            assertNotNull(texts.next("keep their old certificate"));
            b.to(a);
            b.expect("up a 1");
        }
    }

    @Test
    void aFileThatIsNoGoodIsNamed() throws Exception {
        LinkTls files = files("a", authority);
        LinkTls missing =
                new LinkTls(folder.resolve("none.pem"), files.privateKey(), files.authority());
        LinkException e = assertThrows(LinkException.class, () -> node("a", missing));
        assertTrue(e.getMessage().contains("none.pem"), e.getMessage());
        Files.writeString(folder.resolve("ca.pem"), "nonsense");
        e = assertThrows(LinkException.class, () -> node("a", files));
        assertTrue(e.getMessage().contains("ca.pem"), e.getMessage());
    }

    private static GrpcNode node(String name, LinkTls tls) throws LinkException {
        return new GrpcNode(name, 0, GrpcNode.identity(name, "test", 1), Optional.of(tls));
    }

    private static X509Bundle authority() throws Exception {
        return new CertificateBuilder()
                .ecp256()
                .subject("CN=Cluster Authority")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    private LinkTls files(String name, X509Bundle signer) throws Exception {
        X509Bundle bundle =
                new CertificateBuilder().ecp256().subject("CN=" + name).buildIssuedBy(signer);
        Path certificate = folder.resolve(name + ".pem");
        Path key = folder.resolve(name + ".key");
        Files.writeString(certificate, bundle.getCertificatePathPEM());
        Files.writeString(key, bundle.getPrivateKeyPEM());
        return new LinkTls(certificate, key, folder.resolve("ca.pem"));
    }
}
