package io.carillon.session;

import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.QoS;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way to one client, as its subscriptions want it. Immutable.
 *
 * @param qos the lower of what was published and what is granted [MQTT-3.8.4-8] [MQTT3-3.8.4-6]
 * @param retain the retain flag that the client sees
 * @param subscriptionIdentifiers never to be written to
 * @param share where it goes if this client cannot take it, or null if it is for this client alone
 */
public record Delivery(
        Message message,
        QoS qos,
        boolean retain,
        int[] subscriptionIdentifiers,
        @Nullable Share share) {}
