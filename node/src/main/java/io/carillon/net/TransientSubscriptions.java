package io.carillon.net;

import io.carillon.loop.OnEventLoop;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Suback;
import io.carillon.mqtt.packet.Subscription;
import io.carillon.mqtt.packet.SubscriptionOptions.RetainHandling;
import io.carillon.mqtt.packet.Unsuback;
import io.carillon.mqtt.packet.Unsubscribe;
import io.carillon.net.lane.ReadGate;
import io.carillon.session.SubscribeCommand;
import io.carillon.session.SubscribeCommand.Granted;
import io.carillon.session.SubscribeCommand.Refused;
import io.carillon.session.TransientSession;
import java.util.ArrayList;
import java.util.List;

/** SUBSCRIBE and UNSUBSCRIBE of a transient session. */
@OnEventLoop
final class TransientSubscriptions {
    /** So many SUBSCRIBEs may wait for other nodes; then the client is not read from. */
    private static final int SUBSCRIBING_MAX = 16;

    private final Wire wire;
    private final Broker broker;
    private final TransientSubscriber subscriber;
    private final TransientSession session;

    /** SUBSCRIBEs that wait for other nodes. */
    private int subscribing;

    TransientSubscriptions(Wire wire, Broker broker, TransientSubscriber subscriber) {
        this.wire = wire;
        this.broker = broker;
        this.subscriber = subscriber;
        this.session = subscriber.session();
    }

    void subscribe(SubscribeCommand command) {
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
        broker.topics().subscribe(subscriber, subscription);
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
        subscriber.addRetained(wantRetained);
    }

    /**
     * [MQTT-3.10.4-2] [MQTT-3.10.4-4] [MQTT-3.10.4-5] [MQTT-3.10.4-6] [MQTT-3.11.3-1]
     * [MQTT3-3.10.4-2] [MQTT3-3.10.4-4] [MQTT3-3.10.4-5] [MQTT3-3.10.4-6]. What was sent, or waits,
     * stays [MQTT-3.10.4-3] [MQTT3-3.10.4-3].
     */
    void unsubscribe(Unsubscribe packet) {
        List<ReasonCode> reasons = new ArrayList<>(packet.filters().size());
        for (String filter : packet.filters()) {
            Subscription removed = session.unsubscribe(filter);
            if (removed != null) {
                broker.topics().unsubscribe(subscriber, removed.filter());
            }
            reasons.add(removed == null ? ReasonCode.NO_SUBSCRIPTION_EXISTED : ReasonCode.SUCCESS);
        }
        wire.write(new Unsuback(packet.packetId(), reasons));
    }
}
