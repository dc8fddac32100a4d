package io.carillon.mqtt.packet;

import java.util.Arrays;

/**
 * PUBLISH: a message on one hop. Source: MQTT 5.0, 3.3.
 *
 * @param packetId 1 to 65,535, or 0 at QoS 0
 * @param subscriptionIdentifiers those of the receiver's subscriptions that match; empty from a
 *     client
 * @param topicAlias 1 to 65,535, or 0 for none. The decoder hands out the topic itself: an alias is
 *     resolved before a packet leaves it
 */
public record Publish(
        Message message,
        QoS qos,
        boolean retain,
        boolean dup,
        int packetId,
        int[] subscriptionIdentifiers,
        int topicAlias)
        implements Packet {
    /** No subscription identifier. */
    public static final int[] NO_IDENTIFIERS = {};

    public Publish(Message message, QoS qos, boolean retain, boolean dup, int packetId) {
        this(message, qos, retain, dup, packetId, NO_IDENTIFIERS, 0);
    }

    public Publish withDup(boolean value) {
        return new Publish(
                message, qos, retain, value, packetId, subscriptionIdentifiers, topicAlias);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Publish that
                && message.equals(that.message)
                && qos == that.qos
                && retain == that.retain
                && dup == that.dup
                && packetId == that.packetId
                && Arrays.equals(subscriptionIdentifiers, that.subscriptionIdentifiers)
                && topicAlias == that.topicAlias;
    }

    @Override
    public int hashCode() {
        return 31 * message.hashCode() + packetId;
    }
}
