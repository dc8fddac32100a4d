package io.carillon.net;

import io.carillon.auth.Access;
import io.carillon.auth.Authorizer;
import io.carillon.auth.EnhancedAuthenticator;
import io.carillon.auth.Identity;
import io.carillon.auth.Login;
import io.carillon.auth.Verdict;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.TopicFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Lets everybody in but the user {@code eve}; {@code secret/...} is for nobody. The method {@code
 * ECHO} challenges once and wants the challenge back. Answers when the test says so, if it wants.
 */
final class FakeAccess implements Authorizer, EnhancedAuthenticator {
    final List<Runnable> held = new ArrayList<>();
    boolean later;
    long generation;

    Access access() {
        return new Access(this::authenticate, List.of(this), this);
    }

    private void authenticate(Login login, Consumer<Verdict.Final> answer) {
        if (later) {
            held.add(() -> answer.accept(verdict(login)));
        } else {
            answer.accept(verdict(login));
        }
    }

    private static Verdict.Final verdict(Login login) {
        return "eve".equals(login.userName())
                ? new Verdict.Refused(ReasonCode.BAD_USER_NAME_OR_PASSWORD, "no such user")
                : new Verdict.Accepted(identity(login));
    }

    private static Identity identity(Login login) {
        return new Identity(
                login.clientId(), login.userName(), null, login.address(), login.listener());
    }

    @Override
    public String method() {
        return "ECHO";
    }

    @Override
    public Exchange begin(Login login) {
        boolean[] challenged = {false};
        return (data, answer) -> {
            if (!challenged[0]) {
                challenged[0] = true;
                answer.accept(new Verdict.Challenge(new byte[] {42}));
            } else if (data != null && data.length == 1 && data[0] == 42) {
                answer.accept(new Verdict.Accepted(identity(login), new byte[] {1}));
            } else {
                answer.accept(new Verdict.Refused(ReasonCode.NOT_AUTHORIZED, "wrong answer"));
            }
        };
    }

    @Override
    public boolean mayPublish(Identity identity, Topic topic, QoS qos, boolean retain) {
        return !topic.name().startsWith("secret/");
    }

    @Override
    public boolean maySubscribe(Identity identity, TopicFilter filter, QoS qos) {
        return !filter.pattern().startsWith("secret/");
    }

    @Override
    public long generation() {
        return generation;
    }
}
