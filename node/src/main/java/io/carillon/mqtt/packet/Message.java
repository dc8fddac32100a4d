package io.carillon.mqtt.packet;

import java.util.Arrays;

/**
 * An application message: what is published, routed, stored and delivered, without what belongs to
 * one hop only (QoS, retain flag, packet identifier, alias). Immutable and shared by all its
 * receivers.
 *
 * @param payload the application's bytes, never written to once the message is made
 * @param expiresAtMillis when it expires, in milliseconds since the epoch, or {@link #NEVER}
 */
public record Message(
        Topic topic, byte[] payload, MessageProperties properties, long expiresAtMillis) {
    /** The expiry of a message without one. */
    public static final long NEVER = Long.MAX_VALUE;

    public static Message of(Topic topic, byte[] payload) {
        return new Message(topic, payload, MessageProperties.NONE, NEVER);
    }

    public boolean expired(long nowMillis) {
        return nowMillis >= expiresAtMillis;
    }

    /** Roughly what it takes in a queue: topic, payload and properties, in bytes. */
    public int bytes() {
        return topic.utf8().length + payload.length + properties.encoded().length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Message that
                && topic.equals(that.topic)
                && Arrays.equals(payload, that.payload)
                && properties.equals(that.properties)
                && expiresAtMillis == that.expiresAtMillis;
    }

    @Override
    public int hashCode() {
        return 31 * topic.hashCode() + Arrays.hashCode(payload);
    }

    @Override
    public String toString() {
        return "Message[" + topic + ", " + payload.length + " bytes]";
    }
}
