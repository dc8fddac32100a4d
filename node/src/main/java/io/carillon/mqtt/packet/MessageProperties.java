package io.carillon.mqtt.packet;

import java.util.Arrays;

/**
 * The properties of a message that travel unaltered from publisher to subscriber: payload format
 * indicator, content type, response topic, correlation data and user properties, kept in the very
 * bytes and the order in which they arrived [MQTT-3.3.2-4] [MQTT-3.3.2-15] [MQTT-3.3.2-16]
 * [MQTT-3.3.2-17] [MQTT-3.3.2-18] [MQTT-3.3.2-20]. Encoding a message for a subscriber thus copies
 * them once, and parses nothing. Immutable.
 */
public final class MessageProperties {
    /** No property at all. */
    public static final MessageProperties NONE = new MessageProperties(new byte[0]);

    private final byte[] encoded;

    private MessageProperties(byte[] encoded) {
        this.encoded = encoded;
    }

    /** The properties of bytes that the decoder has checked; the array becomes their own. */
    public static MessageProperties ofChecked(byte[] encoded) {
        return encoded.length == 0 ? NONE : new MessageProperties(encoded);
    }

    /** The properties as on the wire, without a length before them; never to be written to. */
    public byte[] encoded() {
        return encoded;
    }

    public boolean isEmpty() {
        return encoded.length == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MessageProperties that && Arrays.equals(encoded, that.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }

    @Override
    public String toString() {
        return "MessageProperties[" + encoded.length + " bytes]";
    }
}
