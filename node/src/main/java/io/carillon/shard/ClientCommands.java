package io.carillon.shard;

import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Suback;
import io.carillon.mqtt.packet.Subscription;
import io.carillon.mqtt.packet.Unsuback;
import io.carillon.mqtt.packet.Unsubscribe;
import io.carillon.session.DurableSession;
import io.carillon.session.Inbound;
import io.carillon.session.SubscribeCommand;
import java.util.ArrayList;
import java.util.List;

/**
 * What connected clients of durable sessions send: subscriptions, acknowledgements, QoS 2 messages.
 */
final class ClientCommands {
    private final ShardContext shard;
    private final Pumps pumps;

    ClientCommands(ShardContext shard, Pumps pumps) {
        this.shard = shard;
        this.pumps = pumps;
    }

    void subscribe(Client client, DurableSession session, SubscribeCommand command) {
        shard.journal().requireRoom();
        ClientEffects effects = new ClientEffects(shard, client);
        List<ReasonCode> reasons = new ArrayList<>();
        List<Subscription> retained = new ArrayList<>();
        for (SubscribeCommand.Item item : command.items()) {
            switch (item) {
                case SubscribeCommand.Refused refused -> reasons.add(refused.reason());
                case SubscribeCommand.Granted granted -> {
                    Subscription subscription = granted.subscription();
                    if (isOneTooMany(session, subscription)) {
                        reasons.add(ReasonCode.QUOTA_EXCEEDED);
                        continue;
                    }
                    boolean isNew = session.subscribe(subscription, effects);
                    shard.trie().subscribe(client.hosted(), subscription);
                    if (wantsRetained(subscription, isNew)) {
                        retained.add(subscription);
                    }
                    reasons.add(ReasonCode.granted(subscription.options().maximumQos()));
                }
            }
        }
        effects.flush();
        Suback suback = new Suback(command.packetId(), reasons); // [MQTT-3.8.4-1]
        Subscribed subscribed = new Subscribed(client, session, suback, retained);
        shard.announcements().await(shard.number(), () -> onLoop(subscribed::arrive));
        shard.journal().whenDurable(subscribed::arrive);
    }

    /** A SUBSCRIBE whose answer waits for two: that it is durable, and that other nodes know. */
    private final class Subscribed {
        private final Client client;
        private final DurableSession session;
        private final long attachment;
        private final Suback suback;
        private final List<Subscription> retained;
        private int awaited = 2;

        Subscribed(
                Client client, DurableSession session, Suback suback, List<Subscription> retained) {
            this.client = client;
            this.session = session;
            this.attachment = client.attachment;
            this.suback = suback;
            this.retained = retained;
        }

        void arrive() {
            Outlet outlet = client.outlet;
            if (--awaited > 0 || outlet == null || client.attachment != attachment) {
                return;
            }
            outlet.send(List.of(suback));
            if (!retained.isEmpty()) {
                feed(client, session, retained);
            }
        }
    }

    private void onLoop(Runnable task) {
        if (shard.loop().isInside()) {
            task.run();
        } else {
            shard.loop().execute(task);
        }
    }

    private boolean isOneTooMany(DurableSession session, Subscription subscription) {
        return session.subscriptions().size() >= shard.settings().subscriptionsMax()
                && !session.subscriptions().containsKey(subscription.filter().text());
    }

    /** Retained messages come for a filter as its options say [MQTT-3.3.1-9] to [MQTT-3.3.1-11]. */
    private static boolean wantsRetained(Subscription subscription, boolean isNew) {
        if (subscription.filter().isShared()) {
            return false;
        }
        return switch (subscription.options().retainHandling()) {
            case ALWAYS -> true;
            case IF_NEW -> isNew;
            case NEVER -> false;
        };
    }

    private void feed(Client client, DurableSession session, List<Subscription> subscriptions) {
        if (client.session != session || !client.isConnected()) {
            return;
        }
        RetainedFeed feed = client.feed;
        if (feed == null) {
            feed = new RetainedFeed(shard, client, session, pumps);
            client.feed = feed;
        }
        feed.add(subscriptions);
    }

    void packets(Client client, DurableSession session, List<Packet> packets) {
        ClientEffects effects = new ClientEffects(shard, client);
        for (Packet packet : packets) {
            switch (packet) {
                case Unsubscribe unsubscribe -> unsubscribe(client, session, unsubscribe, effects);
                case Publish publish -> publish(client, session, publish, effects);
                default -> session.acknowledge(packet, effects);
            }
        }
        effects.flush();
        pumps.wake(client);
    }

    /** What is queued stays queued [MQTT-3.10.4-3] [MQTT3-3.10.4-3]. */
    private void unsubscribe(
            Client client, DurableSession session, Unsubscribe packet, ClientEffects effects) {
        shard.journal().requireRoom();
        List<ReasonCode> reasons = new ArrayList<>();
        for (String filter : packet.filters()) {
            Subscription removed = session.unsubscribe(filter, effects);
            if (removed != null) {
                shard.trie().unsubscribe(client.hosted(), removed.filter());
            }
            reasons.add(removed == null ? ReasonCode.NO_SUBSCRIPTION_EXISTED : ReasonCode.SUCCESS);
        }
        effects.sendAfterCommit(new Unsuback(packet.packetId(), reasons)); // [MQTT-3.10.4-4]
    }

    /**
     * A QoS 2 message: taken under a number, routed, and answered once both are durable
     * [MQTT-4.3.3-8] [MQTT-4.3.3-9].
     */
    private void publish(
            Client client, DurableSession session, Publish packet, ClientEffects effects) {
        shard.journal().requireRoom();
        Inbound.Exchange exchange = session.publish(packet, effects);
        if (exchange == null) {
            return;
        }
        Publication publication =
                new Publication(
                        packet.message(),
                        packet.qos(),
                        packet.retain(),
                        client.id,
                        client.attachment,
                        exchange.origin());
        Receipt receipt = outcome -> shard.later(() -> routed(client, session, exchange, outcome));
        Runnable route = () -> shard.publisher().get().publish(publication, receipt);
        if (shard.settings().isClustered()) {
            shard.journal().whenDurable(route); // or the next leader might number it otherwise
        } else {
            route.run();
        }
    }

    private void routed(
            Client client, DurableSession session, Inbound.Exchange exchange, ReasonCode outcome) {
        if (!session.ended()) {
            ClientEffects effects = new ClientEffects(shard, client);
            session.routed(exchange, outcome, effects);
            effects.flush();
        }
    }
}
