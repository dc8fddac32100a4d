package io.carillon.node;

import io.carillon.auth.EnhancedAuthenticator;
import io.carillon.auth.Verdict.Final;
import io.carillon.loop.AnyThread;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.net.Access;
import java.util.function.Consumer;

/** Authentication and permissions, as connections want them. */
@AnyThread
record AuthPort(io.carillon.auth.Access access) implements Access {

    @Override
    public void authenticate(Login login, Consumer<Verdict> answer) {
        access.authenticate(in(login), (Final verdict) -> answer.accept(out(verdict)));
    }

    @Override
    public Exchange begin(String method, Login login) {
        EnhancedAuthenticator.Exchange exchange = access.begin(method, in(login));
        return (data, answer) -> exchange.step(data, verdict -> answer.accept(out(verdict)));
    }

    @Override
    public boolean mayPublish(Identity identity, Topic topic, QoS qos, boolean retain) {
        return access.mayPublish(in(identity), topic, qos, retain);
    }

    @Override
    public boolean maySubscribe(Identity identity, TopicFilter filter, QoS qos) {
        return access.maySubscribe(in(identity), filter, qos);
    }

    @Override
    public long generation() {
        return access.generation();
    }

    private static io.carillon.auth.Login in(Login login) {
        return new io.carillon.auth.Login(
                login.clientId(),
                login.userName(),
                login.password(),
                login.certificate(),
                login.address(),
                // Who comes from a loopback address comes to one.
                login.address(),
                login.listener());
    }

    private static io.carillon.auth.Identity in(Identity identity) {
        return new io.carillon.auth.Identity(
                identity.clientId(),
                identity.userName(),
                null,
                identity.address(),
                identity.listener());
    }

    private static Verdict out(io.carillon.auth.Verdict verdict) {
        return switch (verdict) {
            case io.carillon.auth.Verdict.Accepted(var identity, var data) ->
                    new Accepted(
                            new Identity(
                                    identity.clientId(),
                                    identity.userName(),
                                    identity.address(),
                                    identity.listener()),
                            data);
            case io.carillon.auth.Verdict.Refused(var reason, var cause) ->
                    new Refused(reason, cause);
            case io.carillon.auth.Verdict.Challenge(var data) -> new Challenge(data);
        };
    }
}
