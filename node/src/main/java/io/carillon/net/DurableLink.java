package io.carillon.net;

import io.carillon.loop.OnEventLoop;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.Pubrec;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Unsubscribe;
import io.carillon.net.lane.NetCount;
import io.carillon.net.lane.ReadGate;
import io.carillon.session.Exchanges;
import io.carillon.session.QueueLimits;
import io.carillon.session.SubscribeCommand;
import io.carillon.shard.SessionOwner;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way to a durable session: packets go to its shard, one batch per turn. */
@OnEventLoop
final class DurableLink implements SessionLink, Exchanges.ToSession {
    private final Wire wire;
    private final SessionOwner owner;
    private final Client client;
    private final ReceiveQuota quota;
    private final long unansweredBytesMax;

    /** What another leader of the session would have to know; null where there is no other. */
    private final @Nullable Exchanges exchanges;

    private List<Packet> batch = new ArrayList<>();

    /**
     * The link of a client that was let in.
     *
     * @param sessionPresent whether the session is older than the connection
     * @param receiveMaximum what the client said
     */
    DurableLink(
            Wire wire,
            Broker broker,
            Client client,
            ReceiveQuota quota,
            boolean sessionPresent,
            int receiveMaximum) {
        this.wire = wire;
        this.owner = broker.sessions();
        this.client = client;
        this.quota = quota;
        QueueLimits limits = broker.limits().queue();
        this.unansweredBytesMax = limits.bytesMax();
        this.exchanges =
                owner.leadersChange()
                        ? new Exchanges(
                                this,
                                !sessionPresent,
                                Math.min(receiveMaximum, limits.inflightMax()))
                        : null;
    }

    /** A QoS 2 PUBLISH, or another packet that the session answers. */
    void fromClient(Packet packet) {
        if (exchanges == null || exchanges.fromClient(packet)) {
            forward(packet);
        }
    }

    @Override
    public void forward(Packet packet) {
        batch.add(packet);
    }

    /** Packets of the session, in its order. */
    void fromSession(List<Packet> packets) {
        for (Packet sent : packets) {
            Packet packet = exchanges == null ? sent : exchanges.fromSession(sent);
            if (packet == null) {
                continue; // another leader begins with what the client has
            }
            if (packet instanceof Publish publish) {
                publish(publish);
            } else if (packet instanceof Pubrec refusal && isUntold(refusal)) {
                wire.close(refusal.reason(), "a QoS 2 message could not be stored");
                return;
            } else {
                wire.write(packet);
                quota.sent(packet);
            }
        }
        turnEnded();
    }

    /** True for a refusal that 3.x can't carry: the client would take the message for stored. */
    private boolean isUntold(Pubrec packet) {
        return packet.reason().isError()
                && packet.reason() != ReasonCode.QUOTA_EXCEEDED
                && !client.isV5();
    }

    private void publish(Publish packet) {
        if (wire.write(packet)) {
            wire.count(NetCount.PUBLISHES_SENT);
            return;
        }
        // Dropped, and done for the session as if it had been sent [MQTT-3.1.2-25].
        wire.count(NetCount.DROPPED_TOO_LARGE);
        switch (packet.qos()) {
            case AT_MOST_ONCE -> {}
            case AT_LEAST_ONCE ->
                    fromClient(new Puback(packet.packetId(), ReasonCode.QUOTA_EXCEEDED));
            case EXACTLY_ONCE ->
                    fromClient(new Pubrec(packet.packetId(), ReasonCode.QUOTA_EXCEEDED));
        }
    }

    /** SUBSCRIBE of the client. */
    @Override
    public void fromClient(SubscribeCommand command) {
        if (exchanges != null) {
            exchanges.fromClient(command);
        }
        subscribe(command);
    }

    @Override
    public void subscribe(SubscribeCommand command) {
        handOn();
        owner.subscribe(client.id(), client.attachment(), command);
    }

    @Override
    public void unsubscribe(Unsubscribe packet) {
        fromClient(packet);
    }

    @Override
    public void answer(Packet packet) {
        fromClient(packet);
    }

    /** Another leader has the session, and knows what is durable of it. */
    void leaderChanged() {
        batch.clear(); // what matters of it is told again
        owner.leaderChangeSeen(client.id(), client.attachment());
        if (exchanges != null) {
            exchanges.leaderChanged();
        }
        turnEnded();
    }

    @Override
    public void turnEnded() {
        handOn();
        if (exchanges != null) {
            boolean tooMuch = exchanges.unansweredBytes() > unansweredBytesMax;
            if (tooMuch) {
                wire.gate().shut(ReadGate.Reason.SUBSCRIBING);
            } else if (wire.gate().isShutFor(ReadGate.Reason.SUBSCRIBING)) {
                wire.gate().open(ReadGate.Reason.SUBSCRIBING);
            }
        }
    }

    private void handOn() {
        if (!batch.isEmpty()) {
            List<Packet> full = batch;
            batch = new ArrayList<>();
            owner.packets(client.id(), client.attachment(), full);
        }
    }

    @Override
    public void writable() {
        owner.drained(client.id(), client.attachment());
    }

    @Override
    public void ended(boolean dropWill, long sessionExpirySeconds) {
        handOn();
        owner.detach(client.id(), client.attachment(), dropWill, sessionExpirySeconds);
    }
}
