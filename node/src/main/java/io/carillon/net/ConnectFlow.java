package io.carillon.net;

import io.carillon.auth.EnhancedAuthenticator.Exchange;
import io.carillon.auth.Identity;
import io.carillon.auth.Login;
import io.carillon.auth.Verdict;
import io.carillon.auth.Verdict.Accepted;
import io.carillon.auth.Verdict.Challenge;
import io.carillon.auth.Verdict.Refused;
import io.carillon.loop.OnEventLoop;
import io.carillon.mqtt.packet.Auth;
import io.carillon.mqtt.packet.Connack;
import io.carillon.mqtt.packet.Connect;
import io.carillon.mqtt.packet.Disconnect;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.UserProperties;
import io.carillon.mqtt.packet.Will;
import io.carillon.net.lane.NetCount;
import io.carillon.net.lane.ReadGate;
import io.carillon.net.lane.Timeouts;
import io.carillon.session.ProtocolViolation;
import io.carillon.shard.AttachRequest;
import io.carillon.shard.Attached;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets a client in: CONNECT, authentication, attachment, CONNACK. Reading pauses while we are the
 * ones to act; so what the client sends in advance waits, and is never handled if the client is
 * refused [MQTT-3.1.4-6] [MQTT3-3.1.4-5].
 */
@OnEventLoop
final class ConnectFlow extends Timeouts.Entry implements Stage {
    private final Wire wire;
    private final Broker broker;
    private @Nullable Terms terms;
    private @Nullable Exchange exchange;
    private @Nullable Accepted accepted;

    ConnectFlow(Wire wire, Broker broker) {
        this.wire = wire;
        this.broker = broker;
        wire.lane()
                .timeouts()
                .set(this, TimeUnit.MILLISECONDS.toNanos(broker.limits().connectTimeoutMillis()));
    }

    @Override
    public void packet(Packet packet) {
        switch (packet) {
            case Connect first when terms == null -> connect(first);
            case Auth auth -> auth(auth);
            case Disconnect _ -> wire.closeSilently("the client gave up");
            // [MQTT-3.1.0-1] [MQTT-3.1.0-2] [MQTT-3.1.2-30]
            default ->
                    throw new ProtocolViolation(
                            ReasonCode.PROTOCOL_ERROR,
                            packet.getClass().getSimpleName() + " before CONNACK");
        }
    }

    private void connect(Connect packet) {
        ClientLimits limits = broker.limits();
        Terms agreed = Terms.of(packet, limits);
        terms = agreed;
        wire.out().version(packet.version());
        wire.out()
                .peer(
                        packet.properties().maximumPacketSize(),
                        packet.properties().requestProblemInformation(),
                        // [MQTT-3.1.2-26] [MQTT-3.1.2-27]
                        Math.min(
                                packet.properties().topicAliasMaximum(),
                                limits.topicAliasesSentMax()));
        ConnectChecks.check(packet, limits);
        Login login = wire.login(agreed.clientId(), packet.userName(), packet.password());
        wire.gate().shutBriefly(ReadGate.Reason.CONNECTING);
        String method = agreed.method();
        if (method == null) {
            broker.access().authenticate(login, verdict -> judgedLater(agreed, verdict));
            return;
        }
        Exchange begun = broker.access().begin(method, login);
        exchange = begun;
        begun.step(
                packet.properties().authenticationData(), verdict -> judgedLater(agreed, verdict));
    }

    /** The client's answer to a challenge [MQTT-4.12.0-3]. */
    private void auth(Auth packet) {
        Terms agreed = terms;
        if (agreed == null
                || exchange == null
                || packet.reason() != ReasonCode.CONTINUE_AUTHENTICATION
                || !Objects.equals(packet.method(), agreed.method())) {
            throw new ProtocolViolation(ReasonCode.PROTOCOL_ERROR, "an AUTH that nobody asked for");
        }
        wire.gate().shutBriefly(ReadGate.Reason.CONNECTING);
        exchange.step(packet.data(), verdict -> judgedLater(agreed, verdict));
    }

    private void judgedLater(Terms agreed, Verdict verdict) {
        wire.run(() -> judged(agreed, verdict));
    }

    private void judged(Terms agreed, Verdict verdict) {
        if (wire.isClosed()) {
            return;
        }
        switch (verdict) {
            case Accepted yes -> attach(agreed, yes);
            case Challenge(byte[] data) -> {
                // [MQTT-4.12.0-2] [MQTT-4.12.0-5]
                wire.write(
                        new Auth(
                                ReasonCode.CONTINUE_AUTHENTICATION,
                                agreed.method(),
                                data,
                                null,
                                UserProperties.NONE));
                wire.gate().open(ReadGate.Reason.CONNECTING);
            }
            // [MQTT-3.1.4-2] [MQTT-4.12.0-4]
            case Refused(ReasonCode reason, String cause) -> wire.close(reason, cause);
        }
    }

    private void attach(Terms agreed, Accepted verdict) {
        accepted = verdict;
        Connect asked = agreed.connect();
        Identity identity = verdict.identity();
        Will will = asked.will();
        if (will != null
                && !Permission.toPublish(
                        broker.access(),
                        identity,
                        will.message().topic(),
                        will.qos(),
                        will.retain())) {
            wire.close(
                    ReasonCode.NOT_AUTHORIZED,
                    "the will may not be published to " + will.message().topic());
            return;
        }
        broker.sessions()
                .attach(
                        new AttachRequest(
                                agreed.clientId(),
                                identity.userName(),
                                asked.cleanStart(),
                                agreed.sessionExpirySeconds(),
                                asked.properties().receiveMaximum(),
                                will,
                                new ConnectionOutlet(wire, broker.limits().outboundBytesMax())));
    }

    /** The shard says that the client is in. */
    void attached(Attached attached) {
        Terms agreed = Objects.requireNonNull(terms);
        Accepted verdict = Objects.requireNonNull(accepted);
        if (wire.isClosed()) {
            // The client never heard of it: its will is not published.
            broker.sessions().detach(agreed.clientId(), attached.attachment(), true, -1);
            return;
        }
        wire.lane().timeouts().clear(this);
        Client client =
                new Client(
                        agreed.clientId(),
                        agreed.connect().version(),
                        verdict.identity(),
                        attached.attachment(),
                        agreed.connect().properties().sessionExpirySeconds(),
                        agreed.method());
        wire.decoder().accepted(client.version(), broker.limits().topicAliasMaximum());
        // Before any other packet [MQTT-3.2.0-1] [MQTT3-3.2.0-1], and once [MQTT-3.2.0-2].
        wire.write(
                agreed.accepted(
                        // [MQTT-3.2.2-2] [MQTT-3.2.2-3] [MQTT3-3.2.2-1] [MQTT3-3.2.2-2]
                        // [MQTT3-3.2.2-3]
                        attached.sessionPresent(),
                        broker.limits(),
                        broker.decoderLimits(),
                        verdict.data()));
        wire.count(NetCount.CONNECTS_ACCEPTED);
        wire.stage(new Conversation(wire, broker, client, agreed, attached));
        wire.gate().open(ReadGate.Reason.CONNECTING);
    }

    @Override
    protected void timedOut() {
        wire.count(NetCount.CONNECT_TIMEOUTS);
        if (terms == null) {
            wire.closeSilently("no CONNECT came in time");
        } else {
            wire.close(ReasonCode.UNSPECIFIED_ERROR, "the client could not be let in in time");
        }
    }

    @Override
    public void turnEnded() {}

    @Override
    public void writable() {}

    /**
     * A CONNACK with that reason [MQTT-3.2.2-7] [MQTT3-3.2.2-5], never a DISCONNECT
     * [MQTT-3.14.0-1]; before a CONNECT nothing.
     */
    @Override
    public Packet farewell(ReasonCode reason, String cause) {
        wire.count(NetCount.CONNECTS_REFUSED);
        // It was let in and taken over before it heard of that.
        ReasonCode told =
                reason == ReasonCode.SESSION_TAKEN_OVER ? ReasonCode.UNSPECIFIED_ERROR : reason;
        return Connack.refused(told, Farewell.reasonString(told, cause));
    }

    @Override
    public void ended() {
        wire.lane().timeouts().clear(this);
    }

    @Override
    public String clientName() {
        return terms == null ? "(unknown)" : terms.clientId();
    }
}
