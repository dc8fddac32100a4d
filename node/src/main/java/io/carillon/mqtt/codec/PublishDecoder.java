package io.carillon.mqtt.codec;

import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.MessageProperties;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Topic;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Decodes PUBLISH, the hot path: allocates the packet, its message and the payload, and nothing
 * else where the topic is known. Source: MQTT 5.0, 3.3.
 */
final class PublishDecoder {
    private final BodyReader body;
    private final TopicReader topics;
    private final MessagePropertyReader properties;
    private final TopicAliases aliases;
    private final InstantSource clock;

    PublishDecoder(
            BodyReader body,
            TopicReader topics,
            MessagePropertyReader properties,
            TopicAliases aliases,
            InstantSource clock) {
        this.body = body;
        this.topics = topics;
        this.properties = properties;
        this.aliases = aliases;
        this.clock = clock;
    }

    Publish decode(int firstByte) throws MalformedPacket {
        QoS qos = qos(firstByte);
        boolean dup = dup(firstByte, qos);
        Topic named = topics.read();
        // [MQTT-2.2.1-2] [MQTT3-2.3.1-5]
        int packetId = qos.acknowledged() ? body.packetId() : 0;
        MessageProperties forwarded = MessageProperties.NONE;
        properties.clear();
        if (body.isV5()) {
            forwarded = properties.read(PropertyId.IN_PUBLISH);
        }
        Topic topic = resolve(named, properties.topicAlias());
        Message message = new Message(topic, payload(), forwarded, expiresAtMillis());
        boolean retain = (firstByte & 1) != 0;
        int[] identifiers = properties.subscriptionIds();
        return new Publish(message, qos, retain, dup, packetId, identifiers, 0);
    }

    /** [MQTT-3.3.1-4] [MQTT3-3.3.1-4] */
    private QoS qos(int firstByte) throws MalformedPacket {
        int level = (firstByte >>> 1) & 3;
        if (level == 3) {
            throw body.malformed(Malformation.QOS_3);
        }
        return QoS.of(level);
    }

    /** [MQTT-3.3.1-2] [MQTT3-3.3.1-2]; 3.1 gives the flag no meaning at QoS 0. */
    private boolean dup(int firstByte, QoS qos) throws MalformedPacket {
        boolean dup = (firstByte & 8) != 0;
        if (dup && !qos.acknowledged() && !body.isV31()) {
            throw body.malformed(Malformation.DUP_AT_QOS_0);
        }
        return dup && qos.acknowledged();
    }

    private Topic resolve(@Nullable Topic named, int alias) throws MalformedPacket {
        if (alias < 0) {
            // [MQTT-4.7.3-1] [MQTT3-4.7.3-1]
            if (named == null) {
                throw body.malformed(Malformation.TOPIC_MISSING);
            }
            return named;
        }
        // [MQTT-3.3.2-8] [MQTT-3.3.2-9] [MQTT-3.3.2-11] [MQTT-3.2.2-17] [MQTT-3.2.2-18]
        if (!aliases.allows(alias)) {
            throw body.malformed(Malformation.ALIAS_OUT_OF_RANGE, "alias " + alias);
        }
        if (named != null) {
            aliases.put(alias, named);
            return named;
        }
        // [MQTT-3.3.2-12]
        Topic known = aliases.get(alias);
        if (known == null) {
            throw body.malformed(Malformation.ALIAS_UNKNOWN, "alias " + alias);
        }
        return known;
    }

    private byte[] payload() throws MalformedPacket {
        if (properties.isText()
                && body.limits().validatePayloadFormat()
                && !Utf8.isText(body.buffer(), body.position(), body.remaining())) {
            throw body.malformed(Malformation.PAYLOAD_NOT_UTF8);
        }
        return body.rest();
    }

    private long expiresAtMillis() {
        long seconds = properties.expirySeconds();
        return seconds < 0 ? Message.NEVER : clock.millis() + seconds * 1000;
    }
}
