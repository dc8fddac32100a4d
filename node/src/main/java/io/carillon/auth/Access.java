package io.carillon.auth;

import io.carillon.loop.AnyThread;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.TopicFilter;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Who a client is and what it may do, as connections ask. Never blocks. */
@AnyThread
public final class Access {
    private final Authenticator authenticator;
    private final Map<String, EnhancedAuthenticator> methods;
    private final Authorizer authorizer;

    /**
     * Access by these parts.
     *
     * @throws IllegalStateException if two methods have one name
     */
    public Access(
            Authenticator authenticator,
            List<EnhancedAuthenticator> methods,
            Authorizer authorizer) {
        this.authenticator = authenticator;
        this.methods =
                methods.stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        EnhancedAuthenticator::method, Function.identity()));
        this.authorizer = authorizer;
    }

    /** Checks a client that named no authentication method. The answer comes once, any thread. */
    public void authenticate(Login login, Consumer<Verdict.Final> answer) {
        authenticator.authenticate(login, answer);
    }

    /** Begins an enhanced authentication; one by an unknown method is refused at its first step. */
    public EnhancedAuthenticator.Exchange begin(String method, Login login) {
        EnhancedAuthenticator known = methods.get(method);
        return known != null ? known.begin(login) : (_, answer) -> answer.accept(unknown(method));
    }

    public boolean mayPublish(Identity identity, Topic topic, QoS qos, boolean retain) {
        return authorizer.mayPublish(identity, topic, qos, retain);
    }

    public boolean maySubscribe(Identity identity, TopicFilter filter, QoS qos) {
        return authorizer.maySubscribe(identity, filter, qos);
    }

    /** Changes whenever a permission may have changed. */
    public long generation() {
        return authorizer.generation();
    }

    private static Verdict unknown(String method) {
        // [MQTT-4.12.0-1]
        return new Verdict.Refused(
                ReasonCode.BAD_AUTHENTICATION_METHOD, "unknown authentication method " + method);
    }
}
