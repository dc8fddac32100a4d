package io.carillon.mqtt.codec;

import io.carillon.mqtt.packet.InvalidTopic;
import io.carillon.mqtt.packet.Topic;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads topic names, checks them, and remembers those seen of late. One per decoder. */
final class TopicReader {
    private final BodyReader body;
    private @Nullable TopicCache cache;

    TopicReader(BodyReader body) {
        this.body = body;
    }

    /** The topic that comes next, or null if its name is empty. */
    @Nullable Topic read() throws MalformedPacket {
        int length = body.u16();
        if (length == 0) {
            return null;
        }
        int from = body.advance(length);
        if (length > TopicCache.TOPIC_BYTES_MAX) {
            return check(from, length);
        }
        TopicCache cache = cache();
        int hash = TopicCache.hash(body.buffer(), from, length);
        Topic topic = cache.find(body.buffer(), from, length, hash);
        if (topic == null) {
            topic = check(from, length);
            cache.put(topic, hash);
        }
        return topic;
    }

    /** The same, for a topic that is not expected again. */
    @Nullable Topic readOnce() throws MalformedPacket {
        int length = body.u16();
        return length == 0 ? null : check(body.advance(length), length);
    }

    private TopicCache cache() {
        TopicCache existing = cache;
        if (existing == null) {
            existing = new TopicCache();
            cache = existing;
        }
        return existing;
    }

    private Topic check(int from, int length) throws MalformedPacket {
        // [MQTT-3.3.2-1] [MQTT3-3.3.2-1]
        body.checkString(from, length);
        if (length > body.limits().topicBytesMax()) {
            throw body.malformed(Malformation.TOPIC_TOO_LONG, length + " bytes");
        }
        int levels = levels(body.buffer(), from, length);
        if (levels > body.limits().topicLevelsMax()) {
            throw body.malformed(Malformation.TOPIC_TOO_DEEP, levels + " levels");
        }
        byte[] utf8 = body.copy(from, length);
        try {
            return Topic.of(new String(utf8, StandardCharsets.UTF_8), utf8);
        } catch (InvalidTopic _) {
            // [MQTT-3.3.2-2] [MQTT3-3.3.2-2]
            throw body.malformed(Malformation.TOPIC_HAS_WILDCARD);
        }
    }

    private static int levels(ByteBuf in, int from, int length) {
        int levels = 1;
        for (int i = from; i < from + length; i++) {
            if (in.getByte(i) == '/') {
                levels++;
            }
        }
        return levels;
    }
}
