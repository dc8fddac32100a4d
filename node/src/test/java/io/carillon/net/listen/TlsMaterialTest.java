package io.carillon.net.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A listener whose certificate or key is not right does not open, and says what is wrong. */
final class TlsMaterialTest {
    @TempDir Path folder;
    private TestPki pki;

    @BeforeEach
    void makeCertificates() throws Exception {
        pki = new TestPki(folder);
    }

    @Test
    void aKeyOfAnotherCertificate() throws Exception {
        Files.writeString(folder.resolve("server.key"), pki.client("x").getPrivateKeyPEM());
        assertRefused(
                "the key in "
                        + folder.resolve("server.key")
                        + " is not that of the first certificate in "
                        + folder.resolve("server.pem")
                        + " (CN=127.0.0.1); the server's own certificate comes first, then its"
                        + " chain");
    }

    @Test
    void aKeyInPlaceOfTheCertificate() throws Exception {
        Files.copy(folder.resolve("server.key"), folder.resolve("copy"));
        Files.move(
                folder.resolve("copy"),
                folder.resolve("server.pem"),
                StandardCopyOption.REPLACE_EXISTING);
        assertRefused(
                folder.resolve("server.pem")
                        + " holds no certificate; are certificate and key mixed up?");
    }

    @Test
    void anUnknownCipher() throws Exception {
        ListenException error =
                assertThrows(
                        ListenException.class,
                        () ->
                                ListenersUnderTest.open(
                                        pki.listener(
                                                "a",
                                                "mqtts",
                                                "listeners.a.tls.ciphers=TLS_NONSENSE")));
        assertEquals(
                "listener a cannot use TLS: the TLS library refuses "
                        + folder.resolve("server.pem")
                        + " with protocols [TLSv1.2, TLSv1.3] and ciphers [TLS_NONSENSE]",
                error.getMessage().replaceAll("]: .*", "]"));
    }

    private void assertRefused(String cause) {
        ListenException error =
                assertThrows(
                        ListenException.class,
                        () -> ListenersUnderTest.open(pki.listener("a", "mqtts")));
        assertEquals("listener a cannot use TLS: " + cause, error.getMessage());
    }
}
