package io.carillon.mqtt.codec;

import io.carillon.mqtt.packet.MessageProperties;
import io.carillon.mqtt.packet.Publish;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Reads the properties of a PUBLISH or a will: checks all, keeps the bytes of those that travel
 * with the message, and the values of those that end here. No allocation but that one array. One
 * per decoder.
 */
final class MessagePropertyReader {
    /** Several subscriptions of a client may match one message [MQTT-3.3.4-3]. */
    private static final long REPEATABLE =
            PropertyId.set(PropertyId.USER_PROPERTY, PropertyId.SUBSCRIPTION_ID);

    private final BodyReader body;
    private final PropertyReader properties;

    private int forwardedBytes;
    private int[] subscriptionIds = Publish.NO_IDENTIFIERS;
    private int topicAlias;
    private long expirySeconds;
    private long delaySeconds;
    private boolean text;

    MessagePropertyReader(BodyReader body, PropertyReader properties) {
        this.body = body;
        this.properties = properties;
        clear();
    }

    /** What a message without properties has. */
    void clear() {
        forwardedBytes = 0;
        subscriptionIds = Publish.NO_IDENTIFIERS;
        topicAlias = -1;
        expirySeconds = -1;
        delaySeconds = 0;
        text = false;
    }

    MessageProperties read(long allowed) throws MalformedPacket {
        clear();
        properties.open(allowed, REPEATABLE);
        int from = body.position();
        int length = body.remaining();
        int start = from;
        for (int id = properties.next(); id != 0; id = properties.next()) {
            readValue(id);
            if (PropertyId.in(PropertyId.FORWARDED, id)) {
                forwardedBytes += body.position() - start;
            }
            start = body.position();
        }
        if (forwardedBytes == 0) {
            return MessageProperties.NONE;
        }
        return MessageProperties.ofChecked(
                forwardedBytes == length ? body.copy(from, length) : forwarded(from, length));
    }

    private void readValue(int id) throws MalformedPacket {
        switch (id) {
            case PropertyId.PAYLOAD_FORMAT -> text = properties.flag();
            case PropertyId.MESSAGE_EXPIRY -> expirySeconds = body.u32();
            // [MQTT-3.3.2-19]
            case PropertyId.CONTENT_TYPE -> body.skipString();
            case PropertyId.RESPONSE_TOPIC -> responseTopic();
            case PropertyId.CORRELATION_DATA -> body.skipBinary();
            case PropertyId.USER_PROPERTY -> properties.skipUser();
            case PropertyId.TOPIC_ALIAS -> topicAlias = body.u16();
            case PropertyId.WILL_DELAY -> delaySeconds = body.u32();
            case PropertyId.SUBSCRIPTION_ID -> subscriptionId();
            default -> throw properties.malformed(Malformation.PROPERTY_NOT_ALLOWED);
        }
    }

    /** [MQTT-3.3.2-13] [MQTT-3.3.2-14] */
    private void responseTopic() throws MalformedPacket {
        int length = body.u16();
        int from = body.advance(length);
        body.checkString(from, length);
        boolean wildcard =
                body.buffer().indexOf(from, from + length, (byte) '+') >= 0
                        || body.buffer().indexOf(from, from + length, (byte) '#') >= 0;
        if (length == 0 || wildcard) {
            throw body.malformed(Malformation.RESPONSE_TOPIC_INVALID);
        }
    }

    private void subscriptionId() throws MalformedPacket {
        // [MQTT-3.3.4-6]
        if (body.side() == Side.SERVER) {
            throw body.malformed(Malformation.SUBSCRIPTION_ID_FROM_CLIENT);
        }
        int count = subscriptionIds.length;
        subscriptionIds = Arrays.copyOf(subscriptionIds, count + 1);
        subscriptionIds[count] = properties.subscriptionId();
    }

    /** Copies what travels, leaving out the rest; all of it has been checked before. */
    private byte[] forwarded(int from, int length) {
        ByteBuf in = body.buffer();
        byte[] kept = new byte[forwardedBytes];
        int to = 0;
        int at = from;
        while (at < from + length) {
            int bytes = bytes(in, at);
            if (PropertyId.in(PropertyId.FORWARDED, in.getByte(at))) {
                in.getBytes(at, kept, to, bytes);
                to += bytes;
            }
            at += bytes;
        }
        return kept;
    }

    /** How long the checked property is that starts there, with its identifier. */
    private static int bytes(ByteBuf in, int at) {
        return switch (in.getByte(at)) {
            case PropertyId.PAYLOAD_FORMAT -> 2;
            case PropertyId.TOPIC_ALIAS -> 3;
            case PropertyId.MESSAGE_EXPIRY, PropertyId.WILL_DELAY -> 5;
            case PropertyId.SUBSCRIPTION_ID -> {
                int last = at + 1;
                while (in.getByte(last) < 0) {
                    last++;
                }
                yield last + 1 - at;
            }
            case PropertyId.USER_PROPERTY -> {
                int value = at + 3 + in.getUnsignedShort(at + 1);
                yield value + 2 + in.getUnsignedShort(value) - at;
            }
            default -> 3 + in.getUnsignedShort(at + 1);
        };
    }

    int[] subscriptionIds() {
        return subscriptionIds;
    }

    /** The topic alias, or -1 for none. */
    int topicAlias() {
        return topicAlias;
    }

    /** The message expiry, or -1 for none. */
    long expirySeconds() {
        return expirySeconds;
    }

    long delaySeconds() {
        return delaySeconds;
    }

    /** Whether the payload is announced to be UTF-8. */
    boolean isText() {
        return text;
    }
}
