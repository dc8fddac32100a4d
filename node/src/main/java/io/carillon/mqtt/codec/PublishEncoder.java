package io.carillon.mqtt.codec;

import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.Topic;
import io.netty.buffer.ByteBuf;
import java.time.InstantSource;

/**
 * Encodes PUBLISH, the hot path: computes the lengths once, then writes straight through; allocates
 * nothing. Source: MQTT 5.0, 3.3.
 */
final class PublishEncoder {
    private static final int EXPIRY_BYTES = 5;
    private static final int ALIAS_BYTES = 3;

    private final boolean v5;
    private final InstantSource clock;
    private final TopicAliases aliases = new TopicAliases();

    PublishEncoder(boolean v5, InstantSource clock) {
        this.v5 = v5;
        this.clock = clock;
    }

    void topicAliasMaximum(int maximum) {
        aliases.maximum(maximum);
    }

    int size(Publish packet) {
        int remaining = headBytes(packet) + packet.message().payload().length;
        return 1 + VariableByteInteger.bytes(remaining) + remaining;
    }

    /** Writes all but the payload. */
    void writeHeader(Publish packet, ByteBuf out) {
        Message message = packet.message();
        out.writeByte(firstByte(packet));
        VariableByteInteger.write(headBytes(packet) + message.payload().length, out);
        if (aliased(packet)) {
            out.writeShort(0);
        } else {
            byte[] topic = message.topic().utf8();
            out.writeShort(topic.length);
            out.writeBytes(topic);
        }
        if (packet.qos().acknowledged()) {
            out.writeShort(packet.packetId());
        }
        if (v5) {
            writeProperties(packet, out);
        }
    }

    private void writeProperties(Publish packet, ByteBuf out) {
        Message message = packet.message();
        // [MQTT-2.2.2-1]
        VariableByteInteger.write(propertyBytes(packet), out);
        // [MQTT-3.3.2-6]
        if (message.expiresAtMillis() != Message.NEVER) {
            out.writeByte(PropertyId.MESSAGE_EXPIRY);
            out.writeInt((int) remainingSeconds(message.expiresAtMillis()));
        }
        if (packet.topicAlias() != 0) {
            out.writeByte(PropertyId.TOPIC_ALIAS);
            out.writeShort(packet.topicAlias());
            aliases.put(packet.topicAlias(), message.topic());
        }
        // [MQTT-3.3.4-3] [MQTT-3.3.4-4]
        for (int identifier : packet.subscriptionIdentifiers()) {
            out.writeByte(PropertyId.SUBSCRIPTION_ID);
            VariableByteInteger.write(identifier, out);
        }
        // [MQTT-3.3.2-4] [MQTT-3.3.2-15] [MQTT-3.3.2-16] [MQTT-3.3.2-17] [MQTT-3.3.2-18]
        // [MQTT-3.3.2-20]
        out.writeBytes(message.properties().encoded());
    }

    /** What is left, rounded up: a message that is still alive never says 0. */
    private long remainingSeconds(long expiresAtMillis) {
        long millis = Math.max(0, expiresAtMillis - clock.millis());
        return Math.min((millis + 999) / 1000, 0xFFFF_FFFFL);
    }

    private static int firstByte(Publish packet) {
        return PacketType.PUBLISH.firstByte()
                | (packet.dup() ? 8 : 0)
                | (packet.qos().level() << 1)
                | (packet.retain() ? 1 : 0);
    }

    private int headBytes(Publish packet) {
        int bytes = 2;
        if (!aliased(packet)) {
            bytes += packet.message().topic().utf8().length;
        }
        if (packet.qos().acknowledged()) {
            bytes += 2;
        }
        if (v5) {
            int propertyBytes = propertyBytes(packet);
            bytes += VariableByteInteger.bytes(propertyBytes) + propertyBytes;
        }
        return bytes;
    }

    private int propertyBytes(Publish packet) {
        int bytes = packet.message().properties().encoded().length;
        if (packet.message().expiresAtMillis() != Message.NEVER) {
            bytes += EXPIRY_BYTES;
        }
        if (packet.topicAlias() != 0) {
            bytes += ALIAS_BYTES;
        }
        for (int identifier : packet.subscriptionIdentifiers()) {
            bytes += 1 + VariableByteInteger.bytes(identifier);
        }
        return bytes;
    }

    /** Whether the alias already stands for the topic, so that the name can be left out. */
    private boolean aliased(Publish packet) {
        int alias = packet.topicAlias();
        if (alias == 0 || !v5) {
            return false;
        }
        // [MQTT-3.1.2-26] [MQTT-3.1.2-27] [MQTT-3.3.2-8]
        if (!aliases.allows(alias)) {
            throw new IllegalArgumentException("topic alias " + alias + " is above the maximum");
        }
        Topic known = aliases.get(alias);
        return known != null && known.equals(packet.message().topic());
    }
}
