package io.carillon.net;

import io.carillon.loop.OnEventLoop;
import io.carillon.mqtt.packet.InvalidTopic;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Subscribe;
import io.carillon.mqtt.packet.Subscription;
import io.carillon.mqtt.packet.SubscriptionOptions;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.net.lane.NetCount;
import io.carillon.session.ProtocolViolation;
import io.carillon.session.SubscribeCommand;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks a SUBSCRIBE filter by filter: one that is refused does not spoil the others. */
@OnEventLoop
final class SubscribeFlow {
    private static final Logger LOG = LoggerFactory.getLogger(SubscribeFlow.class);

    private final Wire wire;
    private final Broker broker;
    private final Client client;

    SubscribeFlow(Wire wire, Broker broker, Client client) {
        this.wire = wire;
        this.broker = broker;
        this.client = client;
    }

    /**
     * What becomes of each filter.
     *
     * @throws ProtocolViolation if the packet as a whole is not allowed
     */
    SubscribeCommand check(Subscribe packet) {
        if (packet.identifier() != 0 && !broker.limits().subscriptionIdentifiers()) {
            throw new ProtocolViolation(
                    ReasonCode.SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED,
                    "SUBSCRIBE with a subscription identifier");
        }
        List<SubscribeCommand.Item> items =
                packet.requests().stream().map(each -> check(each, packet.identifier())).toList();
        return new SubscribeCommand(packet.packetId(), items);
    }

    private SubscribeCommand.Item check(Subscribe.Request request, int identifier) {
        TopicFilter filter;
        try {
            filter = TopicFilter.of(request.filter());
        } catch (InvalidTopic e) {
            LOG.info("client {} cannot subscribe: {}", client.id(), e.getMessage());
            return new SubscribeCommand.Refused(ReasonCode.TOPIC_FILTER_INVALID);
        }
        int levelsMax = broker.decoderLimits().topicLevelsMax();
        if (filter.levels().length > levelsMax) {
            LOG.info(
                    "client {} cannot subscribe: a filter of more than {} levels (mqtt.maxTopicLevels)",
                    client.id(),
                    levelsMax);
            return new SubscribeCommand.Refused(ReasonCode.TOPIC_FILTER_INVALID);
        }
        SubscriptionOptions options = request.options();
        if (filter.isShared() && options.noLocal()) {
            // [MQTT-3.8.3-4]
            throw new ProtocolViolation(
                    ReasonCode.PROTOCOL_ERROR, "no local on the shared subscription " + filter);
        }
        if (filter.isShared() && !broker.limits().sharedSubscriptions()) {
            return new SubscribeCommand.Refused(ReasonCode.SHARED_SUBSCRIPTIONS_NOT_SUPPORTED);
        }
        if (filter.hasWildcard() && !broker.limits().wildcardSubscriptions()) {
            // [MQTT3-3.8.3-2]
            return new SubscribeCommand.Refused(ReasonCode.WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED);
        }
        // Asking for more than the highest QoS is no error [MQTT-3.2.2-10].
        QoS qos = options.maximumQos().min(broker.limits().maximumQos());
        if (!broker.access().maySubscribe(client.identity(), filter, qos)) {
            wire.count(NetCount.SUBSCRIPTIONS_NOT_AUTHORIZED);
            LOG.info("client {} may not subscribe to {}", client.id(), filter);
            return new SubscribeCommand.Refused(ReasonCode.NOT_AUTHORIZED);
        }
        SubscriptionOptions granted =
                new SubscriptionOptions(
                        qos,
                        options.noLocal(),
                        options.retainAsPublished(),
                        options.retainHandling());
        return new SubscribeCommand.Granted(new Subscription(filter, granted, identifier));
    }
}
