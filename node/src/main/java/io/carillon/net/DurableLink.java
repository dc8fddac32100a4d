package io.carillon.net;

import io.carillon.loop.OnEventLoop;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.Pubrec;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Unsubscribe;
import io.carillon.net.lane.NetCount;
import io.carillon.session.SubscribeCommand;
import java.util.ArrayList;
import java.util.List;

/** The way to a durable session: packets go to its shard, one batch per turn. */
@OnEventLoop
final class DurableLink implements SessionLink {
    private final Wire wire;
    private final SessionOwner owner;
    private final Client client;
    private final ReceiveQuota quota;
    private List<Packet> batch = new ArrayList<>();

    DurableLink(Wire wire, SessionOwner owner, Client client, ReceiveQuota quota) {
        this.wire = wire;
        this.owner = owner;
        this.client = client;
        this.quota = quota;
    }

    /** A QoS 2 PUBLISH, or another packet that the session answers. */
    void forward(Packet packet) {
        batch.add(packet);
    }

    /** Packets of the session, in its order. */
    void fromSession(List<Packet> packets) {
        for (Packet packet : packets) {
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
            case AT_LEAST_ONCE -> forward(new Puback(packet.packetId(), ReasonCode.QUOTA_EXCEEDED));
            case EXACTLY_ONCE -> forward(new Pubrec(packet.packetId(), ReasonCode.QUOTA_EXCEEDED));
        }
    }

    @Override
    public void subscribe(SubscribeCommand command) {
        turnEnded();
        owner.subscribe(client.id(), client.attachment(), command);
    }

    @Override
    public void unsubscribe(Unsubscribe packet) {
        forward(packet);
    }

    @Override
    public void answer(Packet packet) {
        forward(packet);
    }

    @Override
    public void turnEnded() {
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
        turnEnded();
        owner.detach(client.id(), client.attachment(), dropWill, sessionExpirySeconds);
    }
}
