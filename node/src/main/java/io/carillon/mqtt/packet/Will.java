package io.carillon.mqtt.packet;

/**
 * The message that the server publishes for a client that vanishes. Source: MQTT 5.0, 3.1.2.5.
 *
 * @param message topic, payload and properties; its expiry is not set, see {@code expirySeconds}
 * @param delaySeconds how long after the loss of the connection it is published
 * @param expirySeconds the message's expiry, counted from when it is published, or -1 for none
 */
public record Will(
        Message message, QoS qos, boolean retain, long delaySeconds, long expirySeconds) {

    /** The message to publish now, with the properties as they came [MQTT-3.1.3-10]. */
    public Message messageAt(long nowMillis) {
        long expiresAt = expirySeconds < 0 ? Message.NEVER : nowMillis + expirySeconds * 1000;
        return new Message(message.topic(), message.payload(), message.properties(), expiresAt);
    }
}
