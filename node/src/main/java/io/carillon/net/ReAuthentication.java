package io.carillon.net;

import io.carillon.auth.EnhancedAuthenticator.Exchange;
import io.carillon.auth.Identity;
import io.carillon.auth.Verdict;
import io.carillon.auth.Verdict.Accepted;
import io.carillon.auth.Verdict.Challenge;
import io.carillon.auth.Verdict.Refused;
import io.carillon.loop.OnEventLoop;
import io.carillon.mqtt.packet.Auth;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.UserProperties;
import io.carillon.session.ProtocolViolation;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A client proves itself again while it is connected; its other packets go on meanwhile. Source:
 * MQTT 5.0, 4.12.1.
 */
@OnEventLoop
final class ReAuthentication {
    private final Wire wire;
    private final Broker broker;
    private final Client client;
    private @Nullable Exchange exchange;
    private boolean ourTurn;

    ReAuthentication(Wire wire, Broker broker, Client client) {
        this.wire = wire;
        this.broker = broker;
        this.client = client;
    }

    /**
     * An AUTH has come.
     *
     * @throws ProtocolViolation if it is not the client's turn
     */
    void auth(Auth packet) {
        String method = client.method();
        if (method == null) {
            // [MQTT-4.12.0-7]
            throw violation("AUTH after a CONNECT without authentication method");
        }
        if (!Objects.equals(method, packet.method())) {
            // [MQTT-4.12.1-1] [MQTT-4.12.0-5]
            throw violation("AUTH with another method than CONNECT");
        }
        boolean begins = packet.reason() == ReasonCode.RE_AUTHENTICATE;
        if (ourTurn || begins == (exchange != null)) {
            throw violation("AUTH out of turn");
        }
        Exchange current = begins ? begin(method) : exchange;
        if (current == null) {
            throw violation("the authentication method is no longer there");
        }
        exchange = current;
        ourTurn = true;
        current.step(packet.data(), verdict -> wire.run(() -> judged(method, verdict)));
    }

    private Exchange begin(String method) {
        return broker.access().begin(method, wire.login(client.id(), null, null));
    }

    private void judged(String method, Verdict verdict) {
        if (wire.isClosed()) {
            return;
        }
        ourTurn = false;
        switch (verdict) {
            case Accepted(Identity identity, byte[] data) -> {
                if (!Objects.equals(identity.userName(), client.identity().userName())) {
                    wire.close(ReasonCode.NOT_AUTHORIZED, "re-authentication as another user");
                    return;
                }
                exchange = null;
                answer(ReasonCode.SUCCESS, method, data);
            }
            // [MQTT-4.12.0-2]
            case Challenge(byte[] data) -> answer(ReasonCode.CONTINUE_AUTHENTICATION, method, data);
            // [MQTT-4.12.1-2]
            case Refused(ReasonCode reason, String cause) -> wire.close(reason, cause);
        }
    }

    private void answer(ReasonCode reason, String method, byte @Nullable [] data) {
        wire.write(new Auth(reason, method, data, null, UserProperties.NONE));
    }

    private static ProtocolViolation violation(String cause) {
        return new ProtocolViolation(ReasonCode.PROTOCOL_ERROR, cause);
    }
}
