package io.carillon.net;

import io.carillon.loop.OnEventLoop;
import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Subscription;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.net.lane.LaneSubscriber;
import io.carillon.net.lane.NetCount;
import io.carillon.session.Delivery;
import io.carillon.session.Drops;
import io.carillon.session.Share;
import io.carillon.session.TransientSession;
import io.carillon.shard.Publication;
import io.carillon.topic.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transient session as the trie and its event loop see it: takes publications and sends them to
 * the client as fast as that takes them.
 */
@OnEventLoop
final class TransientSubscriber implements LaneSubscriber, Drops {
    private final Wire wire;
    private final Broker broker;
    private final String clientId;
    private final TransientSession session;
    private @Nullable RetainedFeed retained;
    private volatile boolean online = true;

    /** What this session's queue counts for in the memory of the loop. */
    private long accountedBytes;

    TransientSubscriber(Wire wire, Broker broker, String clientId, int receiveMaximum) {
        this.wire = wire;
        this.broker = broker;
        this.clientId = clientId;
        this.session = new TransientSession(receiveMaximum, broker.limits().queue(), this);
    }

    TransientSession session() {
        return session;
    }

    /** Looks up what is retained for new subscriptions. */
    void addRetained(List<Subscription> subscriptions) {
        if (subscriptions.isEmpty()) {
            return;
        }
        RetainedFeed feed = retained;
        if (feed == null) {
            feed = new RetainedFeed(wire, broker.retained(), this);
            retained = feed;
        }
        subscriptions.forEach(feed::add);
        feed.pump();
    }

    @Override
    public int lane() {
        return wire.lane().index();
    }

    @Override
    public String clientId() {
        return clientId;
    }

    @Override
    public boolean online() {
        return online;
    }

    @Override
    public void deliver(Publication publication, Target target) {
        try {
            if (!online) {
                passOn(publication.with(null), target.sharedFilter());
                return;
            }
            if (publication.retain() && retained != null) {
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

    /** The client has acknowledged, or takes packets again. */
    void pump() {
        sendWaiting();
        if (retained != null) {
            retained.pump();
        }
    }

    @Override
    public void dropped(Delivery delivery, Drops.Cause cause) {
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

    /** The connection is closed: others get what came through shared subscriptions. */
    void ended() {
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
    }

    /** Another member gets what came through a shared subscription. */
    private void passOn(Publication publication, @Nullable TopicFilter sharedFilter) {
        if (sharedFilter != null) {
            broker.router().redispatch(publication, sharedFilter, clientId, _ -> {});
        }
    }

    private static @Nullable Share share(Publication publication, @Nullable TopicFilter filter) {
        return filter == null
                ? null
                : new Share(
                        filter, publication.qos(), publication.retain(), publication.publisherId());
    }
}
