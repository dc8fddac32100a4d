package io.carillon.net;

import io.carillon.loop.AnyThread;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.TopicFilter;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who a client is and what it may do, as connections ask. Answers to authentication may come later
 * and on any thread; permissions are looked up on the event loop and must not block.
 */
@AnyThread
public interface Access {
    /** What a client shows of itself. */
    record Login(
            String clientId,
            @Nullable String userName,
            byte @Nullable [] password,
            @Nullable X509Certificate certificate,
            SocketAddress address,
            String listener) {
        @Override
        public String toString() {
            return "Login[" + clientId + ", " + userName + ", " + address + "]";
        }
    }

    /**
     * A client that proved who it is.
     *
     * @param userName who it proved to be, or null for an anonymous one
     */
    record Identity(
            String clientId, @Nullable String userName, SocketAddress address, String listener) {}

    /** The outcome of a step of authentication. */
    sealed interface Verdict {}

    /**
     * The client is who it says.
     *
     * @param data for the client, or null
     */
    record Accepted(Identity identity, byte @Nullable [] data) implements Verdict {}

    /**
     * The client has to say more.
     *
     * @param data for the client, or null
     */
    record Challenge(byte @Nullable [] data) implements Verdict {}

    /**
     * The client is not let in.
     *
     * @param cause for the log
     */
    record Refused(ReasonCode reason, String cause) implements Verdict {}

    /** An enhanced authentication under way. */
    @FunctionalInterface
    interface Exchange {
        /** Goes on with what the client sent; the answer comes once per step. */
        void step(byte @Nullable [] data, Consumer<Verdict> answer);
    }

    /** Checks a client that named no authentication method; never answers by a challenge. */
    void authenticate(Login login, Consumer<Verdict> answer);

    /** Begins an enhanced authentication; null if the method is unknown. */
    @Nullable Exchange begin(String method, Login login);

    /** Whether the client may publish there. */
    boolean mayPublish(Identity identity, Topic topic, QoS qos, boolean retain);

    /** Whether the client may subscribe to that. */
    boolean maySubscribe(Identity identity, TopicFilter filter, QoS qos);

    /** Changes whenever permissions may have changed: what is remembered of them is then stale. */
    long generation();
}
