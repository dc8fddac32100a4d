package io.carillon.bench.client;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * A PUBLISH with the retain flag, made beforehand but for packet identifier and number, which each
 * copy gets in its topic and its payload. Immutable.
 */
final class RetainedFrame {
    private static final int RETAIN = 1;
    private static final int PACKET_ID_BYTES = 2;

    private final byte[] bytes;
    private final int topicEnd;
    private final int payloadAt;

    /**
     * @param prefix of the topics, up to the slash before their number
     * @param qos 1 or 2
     * @param payloadBytes at least {@link Stamp#BYTES}, or 0: that clears the topic
     */
    RetainedFrame(Protocol protocol, String prefix, int qos, int publisher, int payloadBytes) {
        byte[] topic = NumberedTopic.first(prefix);
        int properties = protocol.hasProperties() ? 1 : 0;
        int head = 2 + topic.length + PACKET_ID_BYTES + properties;
        Frame frame = new Frame(0x30 | qos << 1 | RETAIN, head + payloadBytes).text(topic);
        topicEnd = frame.position();
        payloadAt = topicEnd + PACKET_ID_BYTES + properties;
        bytes = frame.bytes();
        if (payloadBytes > 0) {
            Arrays.fill(bytes, payloadAt, bytes.length, (byte) 'x');
            Stamp.setPublisher(bytes, payloadAt, publisher);
        }
    }

    int size() {
        return bytes.length;
    }

    /** Appends a copy for one message. */
    void write(ByteBuf out, int packetId, long number, long nanos) {
        int at = out.writerIndex();
        out.writeBytes(bytes);
        NumberedTopic.set(out, at + topicEnd, number);
        out.setShort(at + topicEnd, packetId);
        if (payloadAt < bytes.length) {
            Stamp.set(out, at + payloadAt, number, nanos);
        }
    }
}
