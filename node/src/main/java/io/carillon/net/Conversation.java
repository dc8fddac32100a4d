package io.carillon.net;

import io.carillon.loop.OnEventLoop;
import io.carillon.mqtt.packet.Auth;
import io.carillon.mqtt.packet.Connack;
import io.carillon.mqtt.packet.Connect;
import io.carillon.mqtt.packet.Disconnect;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Pingreq;
import io.carillon.mqtt.packet.Pingresp;
import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.Pubcomp;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.Pubrec;
import io.carillon.mqtt.packet.Pubrel;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Suback;
import io.carillon.mqtt.packet.Subscribe;
import io.carillon.mqtt.packet.Unsuback;
import io.carillon.mqtt.packet.Unsubscribe;
import io.carillon.net.lane.NetCount;
import io.carillon.session.ProtocolViolation;
import io.carillon.shard.Attached;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Serves a client that was let in, until the connection ends. */
@OnEventLoop
final class Conversation implements Stage {
    private static final Pingresp PINGRESP = new Pingresp();

    private final Wire wire;
    private final Broker broker;
    private final Client client;
    private final SessionLink session;
    private final ReceiveQuota quota;
    private final @Nullable KeepAlive keepAlive;
    private @Nullable PublishFlow publish;
    private @Nullable ReAuthentication reAuthentication;
    private final long sessionExpirySecondsMax;
    private final boolean tellsReasons;
    private boolean heard;

    /** Something came in this turn that loops and shards have to follow. */
    private boolean demanding;

    // What the client's DISCONNECT says.
    private boolean dropWill;
    private long sessionExpirySeconds = -1;

    Conversation(Wire wire, Broker broker, Client client, Terms terms, Attached attached) {
        this.wire = wire;
        this.client = client;
        this.quota = new ReceiveQuota(broker.limits().receiveMaximum(), client.isV5(), wire.gate());
        this.session =
                attached.durable()
                        ? new DurableLink(
                                wire,
                                broker,
                                client,
                                quota,
                                attached.sessionPresent(),
                                terms.connect().properties().receiveMaximum())
                        : new TransientLink(wire, broker, client, terms, quota);
        this.broker = broker;
        this.sessionExpirySecondsMax = broker.limits().sessionExpirySecondsMax();
        this.tellsReasons = terms.connect().properties().requestProblemInformation();
        // A keep alive of 0 switches it off.
        this.keepAlive =
                terms.keepAliveSeconds() == 0
                        ? null
                        : new KeepAlive(
                                wire.lane(), wire.gate(), terms.keepAliveSeconds(), this::silent);
    }

    @Override
    public void packet(Packet packet) {
        heard = true;
        switch (packet) {
            case Publish message -> {
                demanding = true;
                publish().publish(message);
            }
            case Puback _, Pubrec _, Pubrel _, Pubcomp _ -> session.answer(packet);
            case Subscribe request -> {
                demanding = true;
                session.fromClient(new SubscribeFlow(wire, broker, client).check(request));
            }
            case Unsubscribe request -> {
                demanding = true;
                session.unsubscribe(request);
            }
            // [MQTT-3.12.4-1] [MQTT3-3.12.4-1]
            case Pingreq _ -> wire.write(PINGRESP);
            case Disconnect goodbye -> disconnect(goodbye);
            case Auth auth -> reAuthentication().auth(auth);
            // [MQTT-3.1.0-2] [MQTT3-3.1.0-2]
            case Connect _, Connack _, Suback _, Unsuback _, Pingresp _ ->
                    throw new ProtocolViolation(
                            ReasonCode.PROTOCOL_ERROR,
                            packet.getClass().getSimpleName() + " on an open connection");
        }
    }

    /**
     * Most clients only listen, or only publish: what publishing needs is made by the first one.
     */
    private PublishFlow publish() {
        PublishFlow current = publish;
        if (current == null) {
            current = new PublishFlow(wire, broker, client, session, quota);
            publish = current;
        }
        return current;
    }

    private ReAuthentication reAuthentication() {
        ReAuthentication current = reAuthentication;
        if (current == null) {
            current = new ReAuthentication(wire, broker, client);
            reAuthentication = current;
        }
        return current;
    }

    private void disconnect(Disconnect packet) {
        long expiry = packet.sessionExpirySeconds();
        if (expiry > 0 && client.sessionExpirySeconds() == 0 && client.isV5()) {
            // Source: MQTT 5.0, 3.14.2.2.2.
            throw new ProtocolViolation(
                    ReasonCode.PROTOCOL_ERROR,
                    "DISCONNECT asks for a session expiry, CONNECT did not");
        }
        // [MQTT-3.14.4-3] [MQTT3-3.14.4-3] [MQTT-3.1.2-10] [MQTT3-3.1.2-10]
        dropWill = packet.reason() == ReasonCode.SUCCESS;
        sessionExpirySeconds = expiry < 0 ? -1 : Math.min(expiry, sessionExpirySecondsMax);
        wire.closeSilently("the client disconnected: " + packet.reason());
    }

    /** Packets of the durable session. */
    void fromSession(List<Packet> packets) {
        if (session instanceof DurableLink durable) {
            durable.fromSession(packets);
        }
    }

    /** The durable session has another leader. */
    void leaderChanged() {
        if (session instanceof DurableLink durable) {
            durable.leaderChanged();
        }
    }

    @Override
    public void turnEnded() {
        if (heard && keepAlive != null) {
            keepAlive.heard();
        }
        heard = false;
        session.turnEnded();
        if (demanding) {
            demanding = false;
            pauseIfCongested();
        }
    }

    private void pauseIfCongested() {
        if (congested()) {
            wire.count(NetCount.PUBLISHERS_PAUSED);
            wire.lane().backPressure().pause(wire.gate(), this::congested);
        }
    }

    private boolean congested() {
        return broker.lanes().congested() || broker.sessions().congested();
    }

    private void silent() {
        wire.count(NetCount.KEEP_ALIVE_TIMEOUTS);
        wire.close(ReasonCode.KEEP_ALIVE_TIMEOUT, "nothing came within 1.5 keep alive times");
    }

    @Override
    public void writable() {
        session.writable();
    }

    /** A DISCONNECT; before 5.0 there is none to send. */
    @Override
    public @Nullable Packet farewell(ReasonCode reason, String cause) {
        return client.isV5()
                ? new Disconnect(reason, tellsReasons ? Farewell.reasonString(reason, cause) : null)
                : null;
    }

    @Override
    public void ended() {
        wire.count(NetCount.CLIENTS_GONE);
        if (keepAlive != null) {
            keepAlive.stop();
        }
        if (publish != null) {
            publish.ended();
        }
        session.ended(dropWill, sessionExpirySeconds);
    }

    @Override
    public String clientName() {
        return client.id();
    }
}
