package io.carillon.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.config.AnonymousPolicy;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.TopicFilter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Access as connections ask for it. */
final class AccessTest {
    private final Login login = Logins.of(null, "127.0.0.1", "127.0.0.1");
    private final Access access = access(List.of(new Twice()));

    /** A method that asks for the same bytes twice. */
    private record Twice() implements EnhancedAuthenticator {
        @Override
        public String method() {
            return "TWICE";
        }

        @Override
        public Exchange begin(Login login) {
            List<String> said = new ArrayList<>();
            return (data, answer) -> {
                said.add(new String(data, StandardCharsets.UTF_8));
                if (said.size() == 1) {
                    answer.accept(new Verdict.Challenge(data));
                } else if (said.get(0).equals(said.get(1))) {
                    answer.accept(new Verdict.Accepted(Identity.of(said.get(0), login), data));
                } else {
                    answer.accept(new Verdict.Refused(ReasonCode.NOT_AUTHORIZED, "differs"));
                }
            };
        }
    }

    @Test
    void aMethodThatIsKnown() {
        EnhancedAuthenticator.Exchange exchange = access.begin("TWICE", login);
        assertInstanceOf(Verdict.Challenge.class, step(exchange, "ann"));
        Verdict.Accepted accepted = assertInstanceOf(Verdict.Accepted.class, step(exchange, "ann"));
        assertEquals("ann", accepted.identity().userName());
    }

    /** [MQTT-4.12.0-1]: a method that the server does not support is refused by 0x8C. */
    @Test
    void aMethodThatIsUnknown() {
        assertEquals(
                new Verdict.Refused(
                        ReasonCode.BAD_AUTHENTICATION_METHOD, "unknown authentication method X"),
                step(access.begin("X", login), "ann"));
    }

    @Test
    void twoMethodsOfOneName() {
        List<EnhancedAuthenticator> methods = List.of(new Twice(), new Twice());
        assertThrows(IllegalStateException.class, () -> access(methods));
    }

    @Test
    void aRefusalNamesAnError() {
        assertThrows(
                IllegalArgumentException.class, () -> new Verdict.Refused(ReasonCode.SUCCESS, ""));
    }

    @Test
    void allowAllAllows() {
        Identity identity = Identity.anonymous(login);
        assertTrue(access.mayPublish(identity, Topic.of("a"), QoS.EXACTLY_ONCE, true));
        assertTrue(access.maySubscribe(identity, TopicFilter.of("#"), QoS.EXACTLY_ONCE));
        assertEquals(0, access.generation());
    }

    private static Access access(List<EnhancedAuthenticator> methods) {
        return new Access(
                new AnonymousAuthenticator(AnonymousPolicy.LOOPBACK),
                methods,
                Authorizer.ALLOW_ALL);
    }

    private static Verdict step(EnhancedAuthenticator.Exchange exchange, String said) {
        List<Verdict> answers = new ArrayList<>();
        exchange.step(said.getBytes(StandardCharsets.UTF_8), answers::add);
        assertEquals(1, answers.size());
        return answers.getFirst();
    }
}
