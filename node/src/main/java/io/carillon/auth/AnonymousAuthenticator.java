package io.carillon.auth;

import io.carillon.config.AnonymousPolicy;
import io.carillon.loop.AnyThread;
import io.carillon.mqtt.packet.ReasonCode;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Knows no passwords: a client with a certificate that its listener accepted is the user of its
 * common name; all others are anonymous, and let in as the policy says. A user name that cannot be
 * checked is not believed.
 */
@AnyThread
public record AnonymousAuthenticator(AnonymousPolicy policy) implements Authenticator {

    @Override
    public void authenticate(Login login, Consumer<Verdict.Final> answer) {
        answer.accept(verdict(login));
    }

    private Verdict.Final verdict(Login login) {
        if (login.certificate() != null) {
            Optional<String> name = CommonName.of(login.certificate());
            return name.isPresent()
                    ? new Verdict.Accepted(Identity.of(name.get(), login))
                    : refused(login, "its certificate has no common name (CN)");
        }
        return switch (policy) {
            case TRUE -> new Verdict.Accepted(Identity.anonymous(login));
            case FALSE -> refused(login, "anonymous clients are not allowed");
            case LOOPBACK ->
                    isLoopback(login.address()) && isLoopback(login.localAddress())
                            ? new Verdict.Accepted(Identity.anonymous(login))
                            : refused(login, "anonymous clients are allowed from this host only");
        };
    }

    private static Verdict.Refused refused(Login login, String cause) {
        return new Verdict.Refused(
                login.hasCredentials() && login.certificate() == null
                        ? ReasonCode.BAD_USER_NAME_OR_PASSWORD
                        : ReasonCode.NOT_AUTHORIZED,
                cause);
    }

    private static boolean isLoopback(SocketAddress address) {
        return address instanceof InetSocketAddress inet
                && inet.getAddress() != null
                && inet.getAddress().isLoopbackAddress();
    }
}
