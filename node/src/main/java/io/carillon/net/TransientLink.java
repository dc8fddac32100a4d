package io.carillon.net;

import io.carillon.loop.OnEventLoop;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.Pubcomp;
import io.carillon.mqtt.packet.Pubrec;
import io.carillon.mqtt.packet.Pubrel;
import io.carillon.mqtt.packet.Unsubscribe;
import io.carillon.session.SubscribeCommand;
import io.carillon.session.TransientSession;
import org.jspecify.annotations.Nullable;

/** The way to a transient session: it is here. */
@OnEventLoop
final class TransientLink implements SessionLink {
    private final Wire wire;
    private final Broker broker;
    private final Client client;
    private final ReceiveQuota quota;
    private final TransientSubscriber subscriber;
    private final TransientSession session;
    private @Nullable TransientSubscriptions subscriptions;

    TransientLink(Wire wire, Broker broker, Client client, Terms terms, ReceiveQuota quota) {
        this.wire = wire;
        this.broker = broker;
        this.client = client;
        this.quota = quota;
        this.subscriber =
                new TransientSubscriber(
                        wire, broker, client.id(), terms.connect().properties().receiveMaximum());
        this.session = subscriber.session();
    }

    @Override
    public void fromClient(SubscribeCommand command) {
        subscriptions().subscribe(command);
    }

    @Override
    public void unsubscribe(Unsubscribe packet) {
        subscriptions().unsubscribe(packet);
    }

    private TransientSubscriptions subscriptions() {
        TransientSubscriptions current = subscriptions;
        if (current == null) {
            current = new TransientSubscriptions(wire, broker, subscriber);
            subscriptions = current;
        }
        return current;
    }

    @Override
    public void answer(Packet packet) {
        switch (packet) {
            case Puback puback -> session.puback(puback);
            case Pubrec pubrec -> {
                Pubrel pubrel = session.pubrec(pubrec);
                if (pubrel != null) {
                    wire.write(pubrel); // at once, so in their order [MQTT3-4.6.0-4]
                }
            }
            case Pubcomp pubcomp -> session.pubcomp(pubcomp);
            case Pubrel pubrel -> {
                Pubcomp pubcomp = session.pubrel(pubrel);
                wire.write(pubcomp);
                quota.sent(pubcomp);
            }
            default -> throw new IllegalArgumentException(packet + " is no answer");
        }
        writable();
    }

    /** A QoS 2 PUBLISH has come; false if it is a repeat. */
    boolean receive(int packetId) {
        return session.receive(packetId);
    }

    /** A QoS 2 PUBLISH is refused. */
    void refuse(int packetId) {
        session.refuse(packetId);
    }

    @Override
    public void turnEnded() {}

    @Override
    public void writable() {
        subscriber.pump();
    }

    @Override
    public void ended(boolean dropWill, long sessionExpirySeconds) {
        subscriber.ended();
        broker.sessions().detach(client.id(), client.attachment(), dropWill, sessionExpirySeconds);
    }
}
