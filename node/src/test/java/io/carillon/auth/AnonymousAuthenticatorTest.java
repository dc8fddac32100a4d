package io.carillon.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.carillon.config.AnonymousPolicy;
import io.carillon.mqtt.packet.ReasonCode;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is let in without a password. */
final class AnonymousAuthenticatorTest {

    @ParameterizedTest
    @CsvSource({
        "TRUE,     192.0.2.1, 192.0.2.9, , SUCCESS",
        "TRUE,     192.0.2.1, 192.0.2.9, bob, SUCCESS",
        "FALSE,    127.0.0.1, 127.0.0.1, , NOT_AUTHORIZED",
        "FALSE,    127.0.0.1, 127.0.0.1, bob, BAD_USER_NAME_OR_PASSWORD",
        "LOOPBACK, 127.0.0.1, 127.0.0.1, , SUCCESS",
        "LOOPBACK, 127.0.0.2, 127.0.0.1, bob, SUCCESS",
        "LOOPBACK, ::1,       ::1,       , SUCCESS",
        "LOOPBACK, 192.0.2.9, 192.0.2.9, , NOT_AUTHORIZED",
        "LOOPBACK, 192.0.2.1, 127.0.0.1, , NOT_AUTHORIZED",
        "LOOPBACK, 127.0.0.1, 192.0.2.9, bob, BAD_USER_NAME_OR_PASSWORD"
    })
    void byPolicyAndAddress(
            AnonymousPolicy policy, String peer, String local, String user, ReasonCode outcome) {
        switch (check(policy, Logins.of(user, peer, local))) {
            case Verdict.Accepted(Identity identity, _) -> {
                assertEquals(outcome, ReasonCode.SUCCESS);
                assertNull(identity.userName(), "a name that nobody checked");
                assertEquals("client-1", identity.clientId());
                assertEquals(new InetSocketAddress(peer, 4000), identity.address());
            }
            case Verdict.Refused(ReasonCode reason, _) -> assertEquals(outcome, reason);
        }
    }

    @Test
    void anUnresolvedAddressIsNotLoopback() {
        Login login =
                new Login(
                        "c",
                        null,
                        null,
                        null,
                        InetSocketAddress.createUnresolved("localhost", 1),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 2),
                        "tcp");
        assertEquals(
                new Verdict.Refused(
                        ReasonCode.NOT_AUTHORIZED,
                        "anonymous clients are allowed from this host only"),
                check(AnonymousPolicy.LOOPBACK, login));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CN=meter-7,O=Example         | meter-7",
                "CN=inner,CN=outer,O=Example  | inner",
                "O=Example,cn=last            | last",
                "'CN=a\\, b,O=x'              | a, b",
                "O=Example                    | ''",
                "CN= ,O=Example               | ''",
                "nonsense                     | ''"
            })
    void commonNameOfASubject(String subject, String name) {
        assertEquals(name, CommonName.of(subject).orElse(""));
    }

    @ParameterizedTest
    @EnumSource
    void aCertificateIsAnIdentityWhateverThePolicy(AnonymousPolicy policy) throws Exception {
        X509Certificate certificate = certificate("meter-7.pem");
        Login login = Logins.of("bob", "192.0.2.1", "192.0.2.9", certificate);
        Verdict.Accepted accepted = assertInstanceOf(Verdict.Accepted.class, check(policy, login));
        assertEquals("meter-7", accepted.identity().userName());
        assertEquals(certificate, accepted.identity().certificate());
    }

    @Test
    void aCertificateThatNamesNobodyIsRefused() throws Exception {
        Login login = Logins.of(null, "127.0.0.1", "127.0.0.1", certificate("nameless.pem"));
        assertEquals(
                new Verdict.Refused(
                        ReasonCode.NOT_AUTHORIZED, "its certificate has no common name (CN)"),
                check(AnonymousPolicy.TRUE, login));
    }

    private static X509Certificate certificate(String file) throws Exception {
        try (InputStream pem = AnonymousAuthenticatorTest.class.getResourceAsStream(file)) {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(pem);
        }
    }

    @Test
    void aLoginIsPrintedWithoutItsPassword() {
        Login login = Logins.of("bob", "127.0.0.1", "127.0.0.1");
        assertFalse(login.toString().contains("secret"));
        assertEquals("Login[client-1, bob, /127.0.0.1:4000, tcp]", login.toString());
    }

    private static Verdict.Final check(AnonymousPolicy policy, Login login) {
        AtomicReference<Verdict.Final> answer = new AtomicReference<>();
        new AnonymousAuthenticator(policy).authenticate(login, answer::set);
        return answer.get();
    }
}
