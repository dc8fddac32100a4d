package io.carillon.net;

import io.carillon.loop.OnEventLoop;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.Pubrec;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.net.lane.NetCount;
import io.carillon.session.ProtocolViolation;
import io.carillon.shard.Publication;
import io.carillon.topic.Match;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client publishes: checked, allowed, routed, acknowledged.
 *
 * <p>A message without permission is dropped. A 5.0 client is told so by 0x87; others get the usual
 * acknowledgement [MQTT3-3.3.5-2]: closing the connection instead would make the client come back
 * and try again for ever.
 */
@OnEventLoop
final class PublishFlow implements AckQueue.Sink {
    private static final Logger LOG = LoggerFactory.getLogger(PublishFlow.class);

    private final Wire wire;
    private final Broker broker;
    private final Client client;
    private final SessionLink session;
    private final ReceiveQuota quota;
    private final PublishRoutes routes;
    private final AckQueue acks;
    private boolean refusalLogged;

    PublishFlow(Wire wire, Broker broker, Client client, SessionLink session, ReceiveQuota quota) {
        this.wire = wire;
        this.broker = broker;
        this.client = client;
        this.session = session;
        this.quota = quota;
        this.routes = new PublishRoutes(broker.access());
        this.acks = new AckQueue(wire.lane(), this, broker.limits().publishTimeoutMillis());
    }

    void publish(Publish packet) {
        wire.count(NetCount.PUBLISHES_RECEIVED);
        check(packet);
        PublishRoute route = routes.of(packet.message().topic());
        if (!route.allows(packet.qos(), packet.retain(), broker.access(), client.identity())) {
            refuse(packet);
            return;
        }
        // [MQTT-3.3.4-1] [MQTT3-3.3.4-1]
        switch (packet.qos()) {
            case AT_MOST_ONCE -> broker.router().publish(publication(packet), match(route), null);
            case AT_LEAST_ONCE -> {
                quota.take();
                route(packet, route);
            }
            case EXACTLY_ONCE -> exactlyOnce(packet, route);
        }
    }

    private void check(Publish packet) {
        ClientLimits limits = broker.limits();
        if (packet.qos().level() > limits.maximumQos().level()) {
            // [MQTT-3.2.2-11]
            throw new ProtocolViolation(
                    ReasonCode.QOS_NOT_SUPPORTED, "PUBLISH with QoS " + packet.qos().level());
        }
        if (packet.retain() && !limits.retainAvailable()) {
            // [MQTT-3.2.2-14]
            throw new ProtocolViolation(
                    ReasonCode.RETAIN_NOT_SUPPORTED, "PUBLISH of a retained message");
        }
    }

    private void exactlyOnce(Publish packet, PublishRoute route) {
        switch (session) {
            case DurableLink durable -> {
                quota.take();
                durable.fromClient(packet);
            }
            case TransientLink transientLink -> {
                if (transientLink.receive(packet.packetId())) {
                    quota.take();
                    route(packet, route);
                } else {
                    repeated(packet.packetId());
                }
            }
        }
    }

    /** A repeat is answered in its turn, and not published again [MQTT-4.3.3-10]. */
    private void repeated(int packetId) {
        if (!acks.isPending(packetId, QoS.EXACTLY_ONCE)) {
            acks.open(packetId, QoS.EXACTLY_ONCE).done(ReasonCode.SUCCESS);
        }
    }

    private void route(Publish packet, PublishRoute route) {
        PendingAck ack = acks.open(packet.packetId(), packet.qos());
        ReasonCode outcome = broker.router().publish(publication(packet), match(route), ack);
        if (outcome != null) {
            ack.done(outcome);
        } else {
            acks.watch();
        }
    }

    private Publication publication(Publish packet) {
        return new Publication(
                packet.message(),
                packet.qos(),
                packet.retain(),
                client.id(),
                client.attachment(),
                null);
    }

    private Match match(PublishRoute route) {
        return route.match(broker.topics());
    }

    private void refuse(Publish packet) {
        wire.count(NetCount.PUBLISHES_NOT_AUTHORIZED);
        if (!refusalLogged) {
            refusalLogged = true;
            LOG.info(
                    "client {} may not publish to {}; this and what follows on this connection is"
                            + " dropped",
                    client.id(),
                    packet.message().topic());
        }
        if (!packet.qos().acknowledged()) {
            return;
        }
        if (packet.qos() == QoS.EXACTLY_ONCE
                && !client.isV5()
                && session instanceof TransientLink link
                && !link.receive(packet.packetId())) {
            repeated(packet.packetId());
            return;
        }
        quota.take();
        acks.open(packet.packetId(), packet.qos())
                .done(client.isV5() ? ReasonCode.NOT_AUTHORIZED : ReasonCode.SUCCESS);
    }

    /** The message is stored and handed over wherever it must be, or will not be. */
    @Override
    public void acknowledge(int packetId, QoS qos, ReasonCode outcome) {
        if (wire.isClosed()) {
            return;
        }
        // 3.x has no negative acknowledgement. What a full queue refuses by its policy is counted
        // as
        // dropped there: closing would let one client that is away stop all publishers. What could
        // not be stored is not acknowledged: the client sends it again when it is back.
        boolean dropped = outcome == ReasonCode.QUOTA_EXCEEDED;
        if (outcome.isError() && !client.isV5() && !dropped) {
            wire.close(outcome, "message " + packetId + " could not be stored");
            return;
        }
        ReasonCode reason = client.isV5() ? reasonFor(outcome) : ReasonCode.SUCCESS;
        if (qos == QoS.AT_LEAST_ONCE) {
            // [MQTT-4.3.2-4] [MQTT3-4.3.2-2]
            send(new Puback(packetId, reason));
            return;
        }
        if (reason.isError() && session instanceof TransientLink link) {
            link.refuse(packetId);
        }
        // [MQTT-4.3.3-8] [MQTT3-4.3.3-2]
        send(new Pubrec(packetId, reason));
    }

    /**
     * What is not stored in time is not acknowledged: the client sends it again when it is back.
     */
    @Override
    public void overdue() {
        wire.close(
                ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR,
                "a message was not stored within mqtt.publishTimeout");
    }

    /** PUBACK and PUBREC have a reason code of their table [MQTT-3.4.2-1] [MQTT-3.5.2-1]. */
    private static ReasonCode reasonFor(ReasonCode outcome) {
        return switch (outcome) {
            case SUCCESS,
                    NO_MATCHING_SUBSCRIBERS,
                    UNSPECIFIED_ERROR,
                    IMPLEMENTATION_SPECIFIC_ERROR,
                    NOT_AUTHORIZED,
                    TOPIC_NAME_INVALID,
                    PACKET_IDENTIFIER_IN_USE,
                    QUOTA_EXCEEDED,
                    PAYLOAD_FORMAT_INVALID ->
                    outcome;
            default -> ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR;
        };
    }

    private void send(Packet packet) {
        wire.write(packet);
        quota.sent(packet);
    }

    void ended() {
        acks.clear();
    }
}
