package io.carillon.session;

import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.TopicFilter;
import org.jspecify.annotations.Nullable;

/**
 * What is needed to give a message of a shared subscription to another member: how it was
 * published. Immutable.
 *
 * @param filter the shared filter that brought it here
 * @param publishedQos the QoS of the publisher; each member has its own [MQTT-4.8.2-3]
 * @param publishedRetain the retain flag of the publisher
 * @param publisherId the client id of the publisher, or null for a message of the broker's own
 */
public record Share(
        TopicFilter filter,
        QoS publishedQos,
        boolean publishedRetain,
        @Nullable String publisherId) {}
