package io.carillon.net;

import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.TopicFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Lets everybody in but the user {@code eve}; {@code secret/...} is for nobody. The method {@code
 * ECHO} challenges once and wants the challenge back; {@code later} answers when the test says so.
 */
final class FakeAccess implements Access {
    final List<Runnable> held = new ArrayList<>();
    boolean later;
    boolean deaf;
    long generation;

    @Override
    public void authenticate(Login login, Consumer<Verdict> answer) {
        if (later) {
            held.add(() -> answer.accept(verdict(login)));
        } else {
            answer.accept(verdict(login));
        }
    }

    private static Verdict verdict(Login login) {
        return "eve".equals(login.userName())
                ? new Refused(ReasonCode.BAD_USER_NAME_OR_PASSWORD, "no such user")
                : new Accepted(identity(login), null);
    }

    private static Identity identity(Login login) {
        return new Identity(login.clientId(), login.userName(), login.address(), login.listener());
    }

    @Override
    public Exchange begin(String method, Login login) {
        if (!method.equals("ECHO")) {
            return null;
        }
        boolean[] challenged = {false};
        return (data, answer) -> {
            if (!challenged[0]) {
                challenged[0] = true;
                answer.accept(new Challenge(new byte[] {42}));
            } else if (data != null && data.length == 1 && data[0] == 42) {
                answer.accept(new Accepted(identity(login), new byte[] {1}));
            } else {
                answer.accept(new Refused(ReasonCode.NOT_AUTHORIZED, "wrong answer"));
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
