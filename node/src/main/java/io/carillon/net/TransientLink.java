package io.carillon.net;

import io.carillon.loop.OnEventLoop;
import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.Pubcomp;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.Pubrec;
import io.carillon.mqtt.packet.Pubrel;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Suback;
import io.carillon.mqtt.packet.Subscription;
import io.carillon.mqtt.packet.SubscriptionOptions.RetainHandling;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.mqtt.packet.Unsuback;
import io.carillon.mqtt.packet.Unsubscribe;
import io.carillon.session.Delivery;
import io.carillon.session.Drops;
import io.carillon.session.QueueLimits;
import io.carillon.session.Share;
import io.carillon.session.SubscribeCommand;
import io.carillon.session.SubscribeCommand.Granted;
import io.carillon.session.SubscribeCommand.Refused;
import io.carillon.session.TransientSession;
import io.carillon.shard.Publication;
import io.carillon.topic.Subscriber;
import io.carillon.topic.Target;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A transient session at its connection: it is here, and a subscriber of this event loop. */
@OnEventLoop
final class TransientLink implements SessionLink, Subscriber {
    /** So many SUBSCRIBEs may wait for other nodes; then the client is not read from. */
    private static final int SUBSCRIBING_MAX = 16;

    /** A queue in memory takes no more bytes than so many full channels. */
    private static final int QUEUE_OUTBOUNDS_MAX = 8;

    private final Wire wire;
    private final Broker broker;
    private final Client client;
    private final ReceiveQuota quota;
    private final TransientSession session;
    private final RetainedFeed retained;
    private volatile boolean online = true;

    /** What this session's queue counts for in the memory of the loop. */
    private long accountedBytes;

    /** SUBSCRIBEs that wait for other nodes. */
    private int subscribing;

    TransientLink(Wire wire, Broker broker, Client client, Terms terms, ReceiveQuota quota) {
        this.wire = wire;
        this.broker = broker;
        this.client = client;
        this.quota = quota;
        this.session =
                new TransientSession(
                        terms.connect().properties().receiveMaximum(),
                        inMemory(broker.limits()),
                        this::dropped);
        this.retained = new RetainedFeed(wire, broker.retained(), this);
    }

    // As the trie sees it.

    @Override
    public int lane() {
        return wire.lane().index();
    }

    @Override
    public String clientId() {
        return client.id();
    }

    @Override
    public boolean online() {
        return online;
    }

    // Messages to the client.

    /** A publication that matches. */
    void deliver(Publication publication, Target target) {
        try {
            if (!online) {
                passOn(publication, target.sharedFilter());
                return;
            }
            if (publication.retain()) {
                retained.seen(publication.message().topic());
            }
            send(
                    publication.message(),
                    // [MQTT-3.8.4-8] [MQTT3-3.8.4-6]
                    publication.qos().min(target.qos()),
                    // [MQTT-3.3.1-12] [MQTT-3.3.1-13] [MQTT3-3.3.1-9]
                    publication.retain() && target.retainAsPublished(),
                    target.identifiers(),
                    share(publication, target.sharedFilter()));
        } catch (RuntimeException e) {
            wire.failed(e);
        }
    }

    /** A retained message for a subscription [MQTT3-3.3.1-8]. */
    void deliverRetained(Message message, QoS qos, Subscription subscription) {
        int identifier = subscription.identifier();
        send(
                message,
                qos.min(subscription.options().maximumQos()),
                true,
                identifier == 0 ? Publish.NO_IDENTIFIERS : new int[] {identifier},
                null);
    }

    private void send(
            Message message, QoS qos, boolean retain, int[] identifiers, @Nullable Share share) {
        if (qos.acknowledged()) {
            if (wire.lane().memory().queuesFull() && session.waiting() > 0) {
                count(Drops.Cause.QUEUE_FULL);
                return;
            }
            session.add(new Delivery(message, qos, retain, identifiers, share));
            sendWaiting();
            return;
        }
        // [MQTT-4.3.1-1] [MQTT3-4.3.1-1]
        Drops.Cause obstacle = obstacle(message, qos, retain, identifiers);
        if (obstacle == null) {
            wire.count(NetCount.PUBLISHES_SENT);
        } else {
            count(obstacle);
        }
    }

    /** Sends a QoS 0 message, or says why not. */
    private Drops.@Nullable Cause obstacle(
            Message message, QoS qos, boolean retain, int[] identifiers) {
        if (wire.out().takesNoMore()) {
            return Drops.Cause.SLOW_READER;
        }
        if (message.expiresAtMillis() != Message.NEVER
                && message.expired(broker.clock().millis())) {
            return Drops.Cause.EXPIRED;
        }
        Publish packet = new Publish(message, qos, retain, false, 0, identifiers, 0);
        return wire.write(packet) ? null : Drops.Cause.TOO_LARGE;
    }

    /** Sends QoS 1 and 2 messages as far as the client and the channel take them. */
    private void sendWaiting() {
        while (session.waiting() > 0 && !wire.out().congested()) {
            Publish next = session.next(broker.clock().millis());
            if (next == null) {
                break;
            }
            if (wire.write(next)) {
                wire.count(NetCount.PUBLISHES_SENT);
            } else {
                session.tooLarge(next.packetId());
            }
        }
        account();
    }

    private void account() {
        long waiting = session.waitingBytes();
        wire.lane().memory().queued(waiting - accountedBytes);
        accountedBytes = waiting;
    }

    /** True if the client is about to have what it was sent before. */
    boolean hasRoom() {
        return online && !wire.out().congested() && session.waiting() < RetainedFeed.WAITING_MAX;
    }

    boolean subscribed(String filter) {
        return session.subscribed(filter);
    }

    @Override
    public void writable() {
        sendWaiting();
        retained.pump();
    }

    private void dropped(Delivery delivery, Drops.Cause cause) {
        count(cause);
    }

    private void count(Drops.Cause cause) {
        wire.count(
                switch (cause) {
                    case QUEUE_FULL -> NetCount.DROPPED_QUEUE_FULL;
                    case EXPIRED -> NetCount.DROPPED_EXPIRED;
                    case TOO_LARGE -> NetCount.DROPPED_TOO_LARGE;
                    case SLOW_READER -> NetCount.DROPPED_SLOW_READER;
                });
    }

    // Packets of the client.

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
    public void subscribe(SubscribeCommand command) {
        List<ReasonCode> reasons = new ArrayList<>(command.items().size());
        List<Subscription> wantRetained = new ArrayList<>();
        // [MQTT-3.8.4-5] [MQTT3-3.8.4-4]
        for (SubscribeCommand.Item item : command.items()) {
            switch (item) {
                case Refused(ReasonCode reason) -> reasons.add(reason);
                case Granted(Subscription subscription) ->
                        reasons.add(subscribe(subscription, wantRetained));
            }
        }
        // [MQTT-3.8.4-1] [MQTT-3.8.4-2] [MQTT-3.8.4-6] [MQTT-3.9.3-1] [MQTT-2.2.1-6]
        // [MQTT3-3.8.4-1] [MQTT3-3.8.4-2] [MQTT3-3.8.4-5] [MQTT3-3.9.3-1] [MQTT3-2.3.1-7]
        Suback suback = new Suback(command.packetId(), reasons);
        if (++subscribing == SUBSCRIBING_MAX) {
            wire.gate().shut(ReadGate.Reason.SUBSCRIBING);
        }
        broker.routes().await(() -> wire.run(() -> subscribed(suback, wantRetained)));
    }

    private ReasonCode subscribe(Subscription subscription, List<Subscription> wantRetained) {
        String filter = subscription.filter().text();
        if (!session.subscribed(filter)
                && session.subscriptionCount() >= broker.limits().subscriptionsMax()) {
            return ReasonCode.QUOTA_EXCEEDED;
        }
        boolean fresh = session.subscribe(subscription);
        // In place of the old one, at one moment: no message is lost [MQTT-3.8.4-4].
        broker.topics().subscribe(this, subscription);
        RetainHandling handling = subscription.options().retainHandling();
        // [MQTT-3.3.1-9] [MQTT-3.3.1-10] [MQTT-3.3.1-11] [MQTT3-3.3.1-6]
        boolean wanted =
                switch (handling) {
                    case ALWAYS -> true;
                    case IF_NEW -> fresh;
                    case NEVER -> false;
                };
        if (wanted && !subscription.filter().isShared()) {
            wantRetained.add(subscription);
        }
        // [MQTT-3.8.4-7]
        return ReasonCode.granted(subscription.options().maximumQos());
    }

    private void subscribed(Suback suback, List<Subscription> wantRetained) {
        if (wire.isClosed()) {
            return;
        }
        if (subscribing-- == SUBSCRIBING_MAX) {
            wire.gate().open(ReadGate.Reason.SUBSCRIBING);
        }
        wire.write(suback);
        wantRetained.forEach(retained::add);
        retained.pump();
    }

    /**
     * [MQTT-3.10.4-2] [MQTT-3.10.4-4] [MQTT-3.10.4-5] [MQTT-3.10.4-6] [MQTT-3.11.3-1]
     * [MQTT3-3.10.4-2] [MQTT3-3.10.4-4] [MQTT3-3.10.4-5] [MQTT3-3.10.4-6]. What was sent, or waits,
     * stays [MQTT-3.10.4-3] [MQTT3-3.10.4-3].
     */
    @Override
    public void unsubscribe(Unsubscribe packet) {
        List<ReasonCode> reasons = new ArrayList<>(packet.filters().size());
        for (String filter : packet.filters()) {
            Subscription removed = session.unsubscribe(filter);
            if (removed != null) {
                broker.topics().unsubscribe(this, removed.filter());
            }
            reasons.add(removed == null ? ReasonCode.NO_SUBSCRIPTION_EXISTED : ReasonCode.SUCCESS);
        }
        wire.write(new Unsuback(packet.packetId(), reasons));
    }

    @Override
    public void turnEnded() {}

    // The end.

    @Override
    public void ended(boolean dropWill, long sessionExpirySeconds) {
        online = false;
        for (Subscription subscription : session.subscriptions()) {
            broker.topics().unsubscribe(this, subscription.filter());
        }
        for (Delivery delivery : session.leave()) {
            Share share = delivery.share();
            if (share != null) {
                passOn(
                        new Publication(
                                delivery.message(),
                                share.publishedQos(),
                                share.publishedRetain(),
                                share.publisherId()),
                        share.filter());
            }
        }
        account();
        broker.sessions().detach(client.id(), client.attachment(), dropWill, sessionExpirySeconds);
    }

    /** Another member gets what came through a shared subscription. */
    private void passOn(Publication publication, @Nullable TopicFilter sharedFilter) {
        if (sharedFilter != null) {
            broker.router().redispatch(publication, sharedFilter, client.id(), _ -> {});
        }
    }

    /** The limits of queues are meant for disks. */
    private static QueueLimits inMemory(ClientLimits limits) {
        QueueLimits queue = limits.queue();
        return new QueueLimits(
                queue.messagesMax(),
                Math.min(queue.bytesMax(), (long) limits.outboundBytesMax() * QUEUE_OUTBOUNDS_MAX),
                queue.dropOldest(),
                queue.inflightMax());
    }

    private static @Nullable Share share(Publication publication, @Nullable TopicFilter filter) {
        return filter == null
                ? null
                : new Share(
                        filter, publication.qos(), publication.retain(), publication.publisherId());
    }
}
