package io.carillon.mqtt.codec;

import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.MessageProperties;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.Will;

/** Reads the will in the payload of CONNECT [MQTT-3.1.2-9]. Source: MQTT 5.0, 3.1.3.2. */
final class WillReader {
    private final BodyReader body;
    private final TopicReader topics;
    private final MessagePropertyReader properties;

    WillReader(BodyReader body, TopicReader topics, MessagePropertyReader properties) {
        this.body = body;
        this.topics = topics;
        this.properties = properties;
    }

    Will read(int qosLevel, boolean retain) throws MalformedPacket {
        MessageProperties forwarded = MessageProperties.NONE;
        properties.clear();
        if (body.isV5()) {
            forwarded = properties.read(PropertyId.IN_WILL);
        }
        // [MQTT-3.1.3-11] [MQTT3-3.1.3-10]
        Topic topic = topics.readOnce();
        if (topic == null) {
            throw body.malformed(Malformation.TOPIC_MISSING, "of the will");
        }
        int length = body.u16();
        if (properties.isText()
                && body.limits().validatePayloadFormat()
                && length <= body.remaining()
                && !Utf8.isText(body.buffer(), body.position(), length)) {
            throw body.malformed(Malformation.PAYLOAD_NOT_UTF8, "of the will");
        }
        Message message = new Message(topic, body.bytes(length), forwarded, Message.NEVER);
        return new Will(
                message,
                QoS.of(qosLevel),
                retain,
                properties.delaySeconds(),
                properties.expirySeconds());
    }
}
